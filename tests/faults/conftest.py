"""Other processes that work on a copy of the test's database, and may be killed."""

import json
import os
import signal
import sqlite3

import pytest
from django.db import connection


@pytest.fixture
def shared_database(transactional_db, tmp_path):
    """The test's database as a file, as another process would open it; in use in children alone."""
    path = tmp_path / "shared.sqlite3"
    connection.ensure_connection()
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    copy.execute("PRAGMA journal_mode=WAL")
    copy.close()
    return path


@pytest.fixture
def in_child(shared_database):
    """Carry out a function in a forked process on the shared database.

    Gives what it returned, through JSON; None when the process was killed by SIGKILL.
    """

    def in_child(work, *arguments):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            status = 1
            try:
                os.close(reader)
                _use(shared_database)
                with os.fdopen(writer, "w") as answer:
                    json.dump(work(*arguments), answer)
                status = 0
            finally:
                os._exit(status)
        os.close(writer)
        with os.fdopen(reader) as answer:
            text = answer.read()
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert status in {0, -signal.SIGKILL}, f"the child ended with {status}"
        return json.loads(text) if status == 0 else None

    return in_child


def _use(path):
    """Let this process forget its database for the one at ``path``."""
    connection.connection = None
    connection.settings_dict["NAME"] = str(path)
    connection.ensure_connection()


@pytest.fixture
def kill_at(monkeypatch):
    """Make a function deadly: the process that comes to it is killed, before or after it."""

    def kill_at(owner, name, when):
        original = getattr(owner, name)

        def deadly(*args, **kwargs):
            if when == "after":
                original(*args, **kwargs)
            os.kill(os.getpid(), signal.SIGKILL)

        monkeypatch.setattr(owner, name, deadly)

    return kill_at
