"""One parent looks after the web server and the worker."""

import os
import signal
import subprocess
import sys
import time
from typing import Self

from tests.servers.shared import ROOT

SCRIPT = """
import os, sys, time
sys.path[:0] = {paths!r}
from operations.supervision import Job, Supervisor

def live():
    os.write(1, f"web {{os.getpid()}}\\n".encode())
    time.sleep(60)

def work():
    os.write(1, f"worker {{os.getpid()}}\\n".encode())
    time.sleep(60)

jobs = [Job("web server", live, must_live=True), Job("worker", work, must_live=False)]
sys.exit(0 if Supervisor(jobs).run() else 5)
"""


class Site:
    def __init__(self) -> None:
        paths = [str(ROOT), str(ROOT / "site")]
        command = [sys.executable, "-c", SCRIPT.format(paths=paths)]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()

    def born(self) -> tuple[str, int]:
        assert self.process.stdout is not None
        name, process_id = self.process.stdout.readline().split()
        return name, int(process_id)


def both(site: Site) -> dict[str, int]:
    return dict([site.born(), site.born()])


def has_ended(process_id: int) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.kill(process_id, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_asked_to_stop_it_ends_both_and_says_all_is_well():
    with Site() as site:
        jobs = both(site)
        site.process.send_signal(signal.SIGTERM)
        assert site.process.wait(10) == 0
        assert all(has_ended(job) for job in jobs.values())


def test_a_dead_worker_is_started_anew():
    with Site() as site:
        os.kill(both(site)["worker"], signal.SIGKILL)
        name, _ = site.born()
        assert name == "worker"


def test_a_dead_web_server_ends_the_whole():
    with Site() as site:
        jobs = both(site)
        os.kill(jobs["web"], signal.SIGKILL)
        assert site.process.wait(10) == 5
        assert has_ended(jobs["worker"])


def test_a_killed_parent_leaves_nothing_behind():
    with Site() as site:
        jobs = both(site)
        site.process.kill()
        site.process.wait(10)
        assert all(has_ended(job) for job in jobs.values())
