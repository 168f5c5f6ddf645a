"""What is done again and again, by one worker at a time."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from activity import schedule, services
from activity.models import Event, Lease, Letter, Notification
from activity.retention import prune
from activity.schedule import HELD_AT_MOST, Job, let_go, run_due, take
from tests.activity.conftest import deliver

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

HOUR = timedelta(hours=1)


@pytest.fixture
def done(monkeypatch):
    """The times at which a made-up job, the only one, was run."""
    times = []
    monkeypatch.setattr(schedule, "_jobs", {})
    schedule.register_job(Job("made_up.job", times.append, HOUR))
    return times


def test_a_job_is_run_when_its_time_has_come(done, clock):
    for text in ("2026-11-20 12:00", "2026-11-20 12:59", "2026-11-20 13:00"):
        now = clock(text)
        run_due()
    assert len(done) == 2
    assert done[-1] == now


def test_a_job_that_somebody_holds_is_left_alone(done, clock):
    clock("2026-11-20 12:00")
    assert take("made_up.job", HOUR)
    clock("2026-11-20 12:10")
    assert run_due(at_once=True) == []
    assert done == []


def test_a_job_whose_holder_has_died_is_taken_over(done, clock):
    now = clock("2026-11-20 12:00")
    take("made_up.job", HOUR)
    later = now + max(HELD_AT_MOST, HOUR)
    clock(later.strftime("%Y-%m-%d %H:%M"))
    assert run_due() == ["made_up.job"]


def test_only_one_of_two_takes_a_job(clock):
    clock("2026-11-20 12:00")
    first, second = take("made_up.job", HOUR), take("made_up.job", HOUR)
    assert first
    assert second is None
    let_go("made_up.job", "somebody else")
    assert Lease.objects.get().holder == first


def test_a_job_that_fails_keeps_no_other_back(done, monkeypatch, caplog):
    schedule.register_job(Job("made_up.broken", lambda now: 1 / 0, HOUR))
    schedule.register_job(Job("made_up.last", done.append, HOUR))
    assert run_due() == ["made_up.job", "made_up.last"]
    assert "made_up.broken failed" in caplog.text
    assert set(Lease.objects.values_list("holder", flat=True)) == {""}


def test_two_jobs_cannot_have_one_name(done):
    with pytest.raises(ValueError, match=r"made_up\.job"):
        schedule.register_job(Job("made_up.job", done.append, HOUR))


def test_the_command_tells_what_it_did_and_does_it_once(done):
    said = StringIO()
    call_command("run_scheduled", stdout=said)
    call_command("run_scheduled", stdout=said)
    assert said.getvalue() == "made_up.job\n"
    call_command("run_scheduled", "--now", stdout=said)
    assert len(done) == 2


def test_what_was_read_long_ago_is_deleted(kari, post_office):
    now = timezone.now()
    for number in range(1, 4):
        services.notify("made_up.told", f"post:{number}", to=[kari], key=f"{number}")
    deliver()
    services.read(kari, "post:1")
    Notification.objects.filter(thing="post:1").update(read_at=now - timedelta(days=91))
    services.read(kari, "post:2")
    prune(now)
    assert set(Notification.objects.values_list("thing", flat=True)) == {"post:2", "post:3"}
    # The key still keeps it from being told again.
    services.notify("made_up.told", "post:1", to=[kari], key="1")
    assert not Notification.objects.filter(thing="post:1").exists()


def test_old_events_and_letters_go_but_not_what_is_waiting(kari, post_office):
    services.notify("made_up.told", "post:1", to=[kari])
    services.notify("made_up.told", "post:2", followers_of=["post:2"])
    deliver_later = Letter.objects.create(
        key="waits", to="a@example.org", language="nb", message_id="<w>", due_at=timezone.now()
    )
    Letter.objects.create(
        key="gone", to="a@example.org", language="nb", message_id="<g>", due_at=timezone.now(),
        state=Letter.State.SENT,
    )  # fmt: skip
    prune(timezone.now() + timedelta(days=500))
    assert list(Letter.objects.all()) == [deliver_later]
    assert [event.thing for event in Event.objects.all()] == ["post:2"]
