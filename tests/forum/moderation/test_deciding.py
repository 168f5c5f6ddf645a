"""Reporting posts, and what moderators decide on them."""

import pytest
from django.core.exceptions import PermissionDenied

from activity.models import Notification
from network.forum.models import Flag, ModerationAct, Standing, Thread
from network.forum.moderation.errors import NotPossibleError
from network.forum.moderation.services import deciding
from network.forum.moderation.services.deciding import approve, dismiss, hide, restore
from tests.factories.accounts import UserFactory, network_administrator, staff_of
from tests.factories.forum import (
    category_of_group,
    category_of_park,
    join,
    known,
    post,
    thread,
)
from tests.factories.network import ParkFactory
from tests.forum.moderation.waiting import (
    counts,
    fresh,
    growing,
    held_back,
    held_back_thread,
    newcomer,
    report,
    true_counts,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return network_administrator()


def told(person):
    """What somebody is told, newest last."""
    rows = Notification.objects.filter(user=person).order_by("pk")
    return list(rows.values_list("kind", flat=True))


def test_any_reader_reports_a_post_once():
    made, reader = post(thread()), UserFactory()
    flag = report(made, by=reader, text=" Uhøflig. ")
    assert (flag.state, flag.text) == ("open", "Uhøflig.")
    with pytest.raises(NotPossibleError) as error:
        report(made, by=reader)
    assert error.value.code == "again"


def test_nobody_reports_again_what_was_let_stand(moderator):
    made, reader = post(thread()), UserFactory()
    report(made, by=reader)
    dismiss(moderator, fresh(made))
    with pytest.raises(NotPossibleError):
        report(made, by=reader)


def test_nobody_reports_what_they_wrote_or_may_not_read():
    author = known()
    with pytest.raises(PermissionDenied):
        report(post(thread(), by=author), by=author)
    category = category_of_group("hidden")
    hidden = thread(category, by=join(category.group)).posts.get()
    with pytest.raises(PermissionDenied):
        report(hidden, by=UserFactory())
    assert not Flag.objects.exists()


def test_reports_of_one_reader_have_an_end(monkeypatch):
    monkeypatch.setattr(deciding, "FLAGS_A_DAY", 1)
    reader, thing = UserFactory(), thread()
    report(post(thing), by=reader)
    with pytest.raises(NotPossibleError) as error:
        report(post(thing), by=reader)
    assert error.value.code == "often"


def test_what_is_approved_is_shown_counted_and_told_as_if_it_were_new(moderator):
    thing = thread()
    waiting = held_back(thing)
    post(thing)
    before = waiting.created_at
    approve(moderator, waiting)
    shown = fresh(waiting)
    assert (shown.state, shown.number) == ("published", 4)
    assert shown.created_at > before
    assert counts(thing) == true_counts(thing) == (3, 4, shown.author_id)
    assert Standing.objects.get(pk=shown.author_id).published == 1
    assert told(shown.author) == ["forum.moderated"]
    followers_hear = shown.thread.last_post_at == shown.created_at
    assert followers_hear


def test_a_thread_is_approved_with_its_first_post(moderator):
    thing = held_back_thread()
    approve(moderator, fresh(thing.posts.get()))
    thing = fresh(thing)
    assert thing.state == "published"
    assert thing.post_count == 1
    assert thing.created_at == thing.last_post_at == thing.posts.get().created_at


def test_the_next_post_of_who_was_approved_is_shown_at_once(moderator):
    author = newcomer()
    approve(moderator, held_back(by=author))
    deciding.flag(UserFactory(), thread().posts.get(), "other")
    assert Standing.objects.get(pk=author.pk).published == 1
    assert fresh(author).forum_standing.published == 1


def test_what_is_hidden_is_gone_for_others_and_counted_out(moderator):
    thing = thread()
    post(thing)
    bad = post(thing)
    flag = report(bad)
    act = hide(moderator, fresh(bad), "rude", "Dette sier vi ikke her.")
    assert fresh(bad).state == "hidden"
    assert counts(thing) == true_counts(thing)
    assert fresh(thing).post_count == 2
    standing = Standing.objects.get(pk=bad.author_id)
    assert (standing.published, standing.removed) == (0, 1)
    flag.refresh_from_db()
    assert (flag.state, flag.handled_by) == ("upheld", moderator)
    assert (act.kind, act.reason, act.data["rule"]) == ("hide", "Dette sier vi ikke her.", "rude")
    assert told(bad.author) == ["forum.moderated"]
    assert told(flag.by) == ["forum.reported"]


def test_hiding_the_first_post_hides_the_thread_and_restoring_it_shows_it(moderator):
    thing = thread()
    post(thing)
    first = thing.posts.get(number=1)
    hide(moderator, fresh(first), "spam")
    assert fresh(thing).state == "hidden"
    assert not Thread.objects.visible_to(UserFactory()).filter(pk=thing.pk).exists()
    restore(moderator, fresh(first), "Det var en feil.")
    assert fresh(thing).state == "published"
    assert counts(thing) == true_counts(thing)
    standing = Standing.objects.get(pk=first.author_id)
    assert (standing.published, standing.removed) == (1, 0)


def test_an_accepted_answer_that_is_hidden_solves_nothing_until_it_is_restored(moderator):
    thing = thread(kind="question")
    answer = post(thing)
    Thread.objects.filter(pk=thing.pk).update(accepted=answer, solved_at=answer.created_at)
    hide(moderator, fresh(answer), "rude")
    assert not fresh(thing).is_solved
    assert fresh(thing).accepted is None
    restore(moderator, fresh(answer))
    assert fresh(thing).is_solved
    assert fresh(thing).accepted == answer


def test_a_restored_answer_does_not_displace_one_that_was_accepted_meanwhile(moderator):
    thing = thread(kind="question")
    first, other = post(thing), post(thing)
    Thread.objects.filter(pk=thing.pk).update(accepted=first, solved_at=first.created_at)
    hide(moderator, fresh(first), "rude")
    Thread.objects.filter(pk=thing.pk).update(accepted=other, solved_at=other.created_at)
    restore(moderator, fresh(first))
    assert fresh(thing).accepted == other


def test_letting_stand_closes_all_reports_and_tells_those_who_made_them(moderator):
    made = post(thread())
    reports = [report(made), report(made)]
    dismiss(moderator, fresh(made), "Saklig kritikk.")
    assert set(Flag.objects.values_list("state", flat=True)) == {"dismissed"}
    assert [told(each.by) for each in reports] == [["forum.reported"]] * 2
    assert told(made.author) == []
    assert ModerationAct.objects.get().kind == "dismiss"


@pytest.mark.parametrize("again", [approve, dismiss, restore, lambda m, p: hide(m, p, "spam")])
def test_what_was_decided_is_not_decided_twice(moderator, again):
    made = post(thread())
    report(made)
    if again.__name__ == "<lambda>":
        again(moderator, fresh(made))
    else:
        dismiss(moderator, fresh(made))
    with pytest.raises(NotPossibleError) as error:
        again(moderator, fresh(made))
    assert error.value.code == "decided"


def test_moderators_decide_where_they_keep_order_and_nobody_else_does():
    park, other = ParkFactory(), ParkFactory()
    category = category_of_park(park)
    made = thread(category, by=network_administrator()).posts.get()
    for person in (staff_of(other), UserFactory()):
        with pytest.raises(PermissionDenied):
            hide(person, fresh(made), "spam")
    assert hide(staff_of(park), fresh(made), "spam").pk


def test_nobody_judges_reports_of_what_they_wrote(moderator):
    made = post(thread(), by=moderator)
    report(made)
    with pytest.raises(PermissionDenied):
        dismiss(moderator, fresh(made))
    assert dismiss(network_administrator(), fresh(made)).pk


def test_leaders_decide_in_their_group_alone():
    category = category_of_group("closed")
    leader = fresh(join(category.group, role="leader"))
    made = thread(category, by=join(category.group)).posts.get()
    with pytest.raises(PermissionDenied):
        hide(leader, fresh(post(thread())), "rude")
    assert hide(leader, fresh(made), "rude").pk


def test_three_known_readers_who_call_a_newcomers_post_spam_hold_it_back():
    thing = thread()
    spam = post(thing)
    Standing.objects.filter(pk=spam.author_id).update(trusted=False, published=1)
    for reader in (newcomer(), growing(), growing(3), known()):
        report(spam, by=reader, reason=Flag.Reason.SPAM)
        assert fresh(spam).state == "published"
    report(spam, by=known(), reason=Flag.Reason.SPAM)
    assert fresh(spam).state == "pending"
    assert counts(thing) == true_counts(thing)
    post(thing)
    approve(network_administrator(), fresh(spam))
    shown = fresh(spam)
    assert (shown.state, shown.number, shown.created_at) == ("published", 2, spam.created_at)
    assert Standing.objects.get(pk=spam.author_id).published == 1


def test_nobody_gets_a_known_persons_post_held_back_by_reporting_it():
    made = post(thread())
    for _ in range(4):
        report(made, by=known(), reason=Flag.Reason.SPAM)
    assert fresh(made).state == "published"
