"""The servers of the tests are there, are shared by the run's processes, and end with it."""

import json
import os
import smtplib
import subprocess
import sys
import time
import urllib.request
from email.message import EmailMessage
from pathlib import Path

import psycopg
import pytest

from tests.servers.shared import ROOT, SharedServers
from tests.servers.unavailable import UnavailableError


def _json(url: str) -> dict[str, object]:
    with urllib.request.urlopen(url, timeout=10) as response:
        return json.load(response)


def test_postgresql_18_answers(postgres_url):
    with psycopg.connect(postgres_url) as connection:
        version = connection.execute("SHOW server_version").fetchone()
    assert version is not None
    assert version[0].startswith("18.")


def test_opensearch_answers_with_its_version(opensearch_url):
    assert _json(opensearch_url)["version"]["number"] == "3.8.0"


@pytest.mark.parametrize(
    ("fixture", "version"), [("elasticsearch_8_url", "8.19.7"), ("elasticsearch_9_url", "9.2.0")]
)
def test_elasticsearch_answers_with_its_version(request, fixture, version):
    nodes = _json(f"{request.getfixturevalue(fixture)}/_nodes")["nodes"]
    assert [node["version"] for node in nodes.values()] == [version]


def test_the_mail_server_keeps_what_it_receives(mail_server):
    message = EmailMessage()
    message["Subject"] = "Prøving"
    message["From"] = "kari@example.org"
    message["To"] = "ola@example.org"
    message.set_content("Hei")
    with smtplib.SMTP(mail_server.host, mail_server.port) as client:
        client.send_message(message)
    assert [each["Subject"] for each in mail_server.messages] == ["Prøving"]


def test_who_asks_for_a_server_again_gets_the_same_one(tmp_path):
    shared = SharedServers(tmp_path, os.getpid())
    try:
        assert shared.url("postgres") == SharedServers(tmp_path, os.getpid()).url("postgres")
    finally:
        shared.end_all()


def test_a_server_that_was_ended_no_longer_answers(tmp_path):
    shared = SharedServers(tmp_path, os.getpid())
    url = shared.url("postgres")
    shared.end_all()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)


def test_a_server_ends_when_the_run_that_asked_for_it_is_gone(tmp_path):
    waiting = [sys.executable, "-c", "input()"]
    with subprocess.Popen(waiting, stdin=subprocess.PIPE) as owner:
        url = SharedServers(tmp_path, owner.pid).url("postgres")
        owner.kill()
    _wait_until_ended(int((tmp_path / "postgres.pid").read_text()))
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)


def test_a_server_that_cannot_be_had_says_why(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    monkeypatch.setenv("PARKNETT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    shared = SharedServers(tmp_path, os.getpid())
    with pytest.raises(UnavailableError, match=r"elasticsearch-8\.19\.7 could not be prepared"):
        shared.url("elasticsearch-8")


def test_a_skip_fails_a_run_that_allows_none(tmp_path: Path):
    (tmp_path / "test_one.py").write_text(
        "import pytest\n\n\ndef test_one():\n    pytest.skip('no such server')\n"
    )
    command = [sys.executable, "-m", "pytest", "-p", "tests.servers.no_skips", "-p", "no:django"]
    options = ["-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", str(tmp_path)]

    def run(allowed: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PARKNETT_NO_SKIPS": allowed}
        return subprocess.run(
            [*command, *options, str(tmp_path)],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    assert run("").returncode == 0
    refused = run("1")
    assert refused.returncode == 1
    assert "no such server" in refused.stdout


def _wait_until_ended(process_id: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            ended, _ = os.waitpid(process_id, os.WNOHANG)
        except ChildProcessError:
            return
        if ended:
            return
        time.sleep(0.1)
    pytest.fail("the keeper still lives")
