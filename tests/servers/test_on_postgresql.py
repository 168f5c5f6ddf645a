"""The tests that depend on the database's locking pass on PostgreSQL as on SQLite.

They are marked `both_databases`. The run they are part of uses SQLite; here they run once
more, in a process whose `DATABASE_URL` is PostgreSQL's.
"""

import os
import subprocess
import sys

from tests.servers.shared import ROOT


def test_tests_marked_both_databases_pass_on_postgresql(postgres_url):
    command = [sys.executable, "-m", "pytest", "-m", "both_databases", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "-n0", "-q", "tests"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": postgres_url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
