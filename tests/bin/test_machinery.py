"""What the commands in bin/ are made of."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from machinery.console import StepFailedError, run_step
from machinery.locks import AlreadyRunningError, data_directory_lock
from machinery.places import ROOT, data_directory
from machinery.processes import Child, ChildDiedError, running, watch
from machinery.serving import PortBusyError, check_port
from machinery.stamps import Stamp, content_hash, files_below

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


def child(name: str, command: list[str]) -> Child:
    return Child(name, command, os.environ, ROOT)


def test_a_stamp_is_current_only_for_the_inputs_it_was_set_with(tmp_path):
    source = tmp_path / "source"
    source.write_text("a")
    Stamp(tmp_path / "stamp", content_hash([source])).set()
    assert Stamp(tmp_path / "stamp", content_hash([source])).is_current()
    source.write_text("b")
    assert not Stamp(tmp_path / "stamp", content_hash([source])).is_current()


def test_a_missing_file_changes_the_hash(tmp_path):
    (tmp_path / "there").write_text("missing")
    with_file = content_hash([tmp_path / "there"])
    (tmp_path / "there").unlink()
    assert content_hash([tmp_path / "there"]) != content_hash([]) != with_file


def test_files_below_leaves_out_what_it_is_told_to(tmp_path):
    for name in ("a.css", "built/b.css", "c.txt", "__pycache__/d.css"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = files_below(tmp_path, (".css",), without=[tmp_path / "built"])
    assert [path.name for path in found] == ["a.css"]


def test_a_data_directory_has_one_user_at_a_time(tmp_path):
    refused = pytest.raises(AlreadyRunningError, match=f"Process {os.getpid()} already runs")
    with data_directory_lock(tmp_path), refused, data_directory_lock(tmp_path):
        pass
    with data_directory_lock(tmp_path):
        pass


def test_the_data_directory_of_the_command_line_wins(monkeypatch, tmp_path):
    monkeypatch.setenv("PARKNETT_DATA_DIR", "elsewhere")
    assert data_directory(str(tmp_path)) == tmp_path
    assert data_directory(None) == ROOT / "elsewhere"
    monkeypatch.delenv("PARKNETT_DATA_DIR")
    assert data_directory(None) == ROOT / "var"


def test_a_busy_port_is_refused_with_advice():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(PortBusyError, match="--port"):
            check_port(taken.getsockname()[1])


def test_a_failed_step_shows_what_its_command_said(tmp_path):
    command = [sys.executable, "-c", "print('no such thing'); raise SystemExit(3)"]
    with pytest.raises(StepFailedError, match=r"status 3:\nno such thing"):
        run_step("A step", command, os.environ, directory=tmp_path)


def test_both_children_end_with_the_block():
    web, worker = child("web", SLEEPER), child("worker", SLEEPER)
    with running([web, worker]):
        assert web.death() is None
        assert worker.death() is None
    assert web.death() == worker.death() == -signal.SIGTERM


def test_a_web_server_that_dies_ends_the_run():
    web = child("web server", [sys.executable, "-c", "raise SystemExit(4)"])
    with running([web]), pytest.raises(ChildDiedError, match="web server ended with status 4"):
        watch(web, None, until=lambda: False)


def test_a_worker_that_dies_is_started_anew(tmp_path):
    births = tmp_path / "births"
    script = f"open({str(births)!r}, 'a').write('x'); raise SystemExit(1)"
    web, worker = child("web", SLEEPER), child("worker", [sys.executable, "-c", script])
    with running([web, worker]):
        watch(web, worker, until=lambda: births.exists() and len(births.read_text()) > 1)


@pytest.mark.parametrize("name", ["run", "test", "develop", "bench", "lock"])
def test_a_command_explains_itself(name):
    path = ROOT / "bin" / name
    assert os.access(path, os.X_OK)
    if name == "bench":
        pytest.importorskip("operations.bench")
        command = [sys.executable, "-m", "operations.bench", "--help"]
    else:
        command = [str(path), "--help"]
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert f"bin/{name}" in done.stdout


def test_an_ended_parent_takes_its_child_along(tmp_path):
    script = f"""
import os, sys, time
sys.path.insert(0, {str(ROOT / "bin")!r})
from pathlib import Path
from machinery.processes import Child
child = Child("sleeper", {SLEEPER!r}, os.environ, Path({str(tmp_path)!r}))
child.start()
print(child._process.pid, flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        sleeper = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 10
    while _is_alive(sleeper) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _is_alive(sleeper)


def _is_alive(process_id: int) -> bool:
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
