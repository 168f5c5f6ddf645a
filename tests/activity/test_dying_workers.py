"""A worker may be killed anywhere, and several may run at once: each mail is sent once."""

import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter

import pytest
from django.db import connection

from activity import services
from activity.models import Letter
from tests.activity.another_worker import PLACES
from tests.factories.accounts import UserFactory
from tests.servers.shared import ROOT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]

PEOPLE = 8
# What may have been sent is not sent again, so one mail may be missing there.
LEAVES_ONE_UNCERTAIN = {"after the claim", "after the mail server has taken it"}
SAYS_WHAT_IS = """
import json, django; django.setup()
from collections import Counter
from activity.models import Letter, Notification
states = Counter(Letter.objects.values_list("state", flat=True))
print(json.dumps({"states": states, "notifications": Notification.objects.count()}))
"""


@pytest.fixture
def environment(tmp_path, post_office):
    """Other processes see the test's database: PostgreSQL's as it is, SQLite's as a copy."""
    for number in range(PEOPLE):
        services.follow(UserFactory(email=f"f{number}@example.org"), "post:1")
    services.notify("made_up.told", "post:1", followers_of=["post:1"])
    variables = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "MAIL_PORT": str(post_office.port),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    if connection.vendor != "sqlite":
        name = connection.settings_dict["NAME"]
        base = os.environ["DATABASE_URL"].rpartition("/")[0]
        return variables | {"DATABASE_URL": f"{base}/{name}"}
    path = tmp_path / "shared.sqlite3"
    connection.ensure_connection()
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    copy.close()
    return variables | {"DATABASE_URL": f"sqlite:///{path}"}


def worker(environment, place):
    command = [sys.executable, "-m", "tests.activity.another_worker", place]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE)


def end(process):
    errors = process.communicate(timeout=120)[1].decode()
    return process.returncode, errors


def outcome(environment):
    done = subprocess.run(
        [sys.executable, "-c", SAYS_WHAT_IS],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def received(post_office):
    return Counter(str(message["To"]) for message in post_office.messages)


@pytest.mark.parametrize("place", PLACES)
def test_a_worker_that_is_killed_loses_nothing_and_sends_nothing_twice(
    environment, post_office, place
):
    assert end(worker(environment, place))[0] == -9
    code, errors = end(worker(environment, "nowhere"))
    assert code == 0, errors
    found, mails = outcome(environment), received(post_office)
    assert found["notifications"] == PEOPLE
    assert set(mails.values()) == {1}
    if place in LEAVES_ONE_UNCERTAIN:
        # Still "sending": it is called uncertain a quarter of an hour later.
        assert found["states"] == {Letter.State.SENT: PEOPLE - 1, Letter.State.SENDING: 1}
        assert len(mails) == PEOPLE - (place == "after the claim")
    else:
        assert found["states"] == {Letter.State.SENT: PEOPLE}
        assert len(mails) == PEOPLE


def test_two_workers_at_once_send_each_mail_once(environment, post_office):
    workers = [worker(environment, "nowhere") for _ in range(3)]
    for each in workers:
        code, errors = end(each)
        assert code == 0, errors
    # One may have looked while another had hold of the rows.
    end(worker(environment, "nowhere"))
    assert outcome(environment)["states"] == {Letter.State.SENT: PEOPLE}
    assert received(post_office) == {f"f{number}@example.org": 1 for number in range(PEOPLE)}
