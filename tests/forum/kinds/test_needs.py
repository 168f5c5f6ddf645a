"""What becomes of something that somebody needs or has, and the list of what is open."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from activity.models import Notification
from network.forum.kinds.due import remind
from network.forum.kinds.services.needs import GIVE_UP, MEET, REOPEN, change, settle
from network.forum.models import Need, Thread, ThreadKind
from network.transitions import NotPossibleError
from tests.factories.accounts import UserFactory, staff_of
from tests.factories.forum import category_of_group, join, thread
from tests.factories.network import ParkFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def need(direction="need", *, place="", deadline=None, **values):
    about = {"direction": direction, "place": place, "deadline": deadline}
    return thread(kind=ThreadKind.NEED, need=about, **values).need


def days(number):
    return timezone.localdate() + timedelta(days=number)


@pytest.mark.parametrize(("step", "state"), [(MEET, "met"), (GIVE_UP, "given-up")])
def test_its_author_says_how_it_ended_and_opens_it_again(step, state):
    thing = need()
    author = thing.thread.author
    settle(thing, step, by=author)
    assert (thing.state, thing.ended_at is None) == (state, False)
    settle(thing, REOPEN, by=author)
    assert (thing.state, thing.ended_at) == ("open", None)


def test_moderators_settle_and_others_do_not():
    thing = need()
    with pytest.raises(PermissionDenied):
        settle(thing, MEET, by=UserFactory())
    settle(thing, MEET, by=staff_of(ParkFactory()))
    assert thing.state == "met"


@pytest.mark.parametrize(("before", "step"), [(MEET, MEET), (MEET, GIVE_UP), (None, REOPEN)])
def test_what_its_state_does_not_allow_is_refused(before, step):
    thing = need()
    if before:
        settle(thing, before, by=thing.thread.author)
    with pytest.raises(NotPossibleError):
        settle(thing, step, by=thing.thread.author)


def test_of_two_at_once_the_second_is_told():
    thing = need()
    same = Need.objects.get(pk=thing.pk)
    settle(thing, MEET, by=thing.thread.author)
    with pytest.raises(NotPossibleError):
        settle(same, GIVE_UP, by=thing.thread.author)
    assert Need.objects.get(pk=thing.pk).state == "met"


def test_the_thread_shows_how_it_stands_and_the_buttons_to_its_author_alone(client):
    thing = need(place="Mo i Rana", deadline=days(10))
    address = thing.thread.get_absolute_url()
    step = reverse("forum:need-step", args=[thing.pk])
    page = client.get(address).content.decode()
    assert "Mo i Rana" in page
    assert step not in page
    client.force_login(thing.thread.author)
    assert step in client.get(address).content.decode()
    assert client.post(step, {"step": "meet"}).status_code == 302
    assert 'value="reopen"' in client.get(address).content.decode()
    assert client.post(step, {"step": "burn"}).status_code == 404
    client.force_login(UserFactory())
    assert client.post(step, {"step": "reopen"}).status_code == 404


def test_a_double_click_is_told_that_it_has_changed(client):
    thing = need()
    client.force_login(thing.thread.author)
    step = reverse("forum:need-step", args=[thing.pk])
    client.post(step, {"step": "meet"})
    page = client.post(step, {"step": "meet"}, follow=True).content.decode()
    assert Need.objects.get(pk=thing.pk).state == "met"
    assert "endret" in page


def test_place_and_deadline_are_changed_by_its_author(client):
    thing = need(deadline=days(2))
    client.force_login(thing.thread.author)
    edit = reverse("forum:need-edit", args=[thing.pk])
    sent = {"direction": "have", "place": "Tromsø", "deadline": str(days(40))}
    assert client.post(edit, sent).status_code == 302
    thing.refresh_from_db()
    assert (thing.direction, thing.place, thing.deadline) == ("have", "Tromsø", days(40))


@pytest.mark.parametrize("deadline", ["2020-01-01", "2999-01-01", "i går", "0000-00-00"])
def test_a_deadline_that_makes_no_sense_is_explained_and_what_was_typed_is_kept(client, deadline):
    thing = need()
    client.force_login(thing.thread.author)
    edit = reverse("forum:need-edit", args=[thing.pk])
    response = client.post(edit, {"direction": "need", "place": "Ågotnes", "deadline": deadline})
    assert response.status_code == 422
    assert "Ågotnes" in response.content.decode()
    assert Need.objects.get(pk=thing.pk).deadline is None


def test_a_deadline_that_has_passed_may_stay_when_something_else_is_changed(client):
    thing = need(deadline=days(-3))
    client.force_login(thing.thread.author)
    edit = reverse("forum:need-edit", args=[thing.pk])
    sent = {"direction": "need", "place": "Herøya", "deadline": str(days(-3))}
    assert client.post(edit, sent).status_code == 302


def test_only_who_settles_it_changes_it():
    with pytest.raises(PermissionDenied):
        change(need(), {"direction": "have", "place": "", "deadline": None}, by=UserFactory())


def listed(client, **parameters):
    return client.get(reverse("forum:needs"), parameters).content.decode()


def test_open_needs_are_listed_and_what_ends_first_goes_first(client):
    need(title="Uten frist")
    need(title="Om en måned", deadline=days(30))
    need(title="I morgen", deadline=days(1))
    met = need(title="Dekket alt")
    settle(met, MEET, by=met.thread.author)
    page = listed(client)
    places = [page.index(title) for title in ("I morgen", "Om en måned", "Uten frist")]
    assert places == sorted(places)
    assert "Dekket alt" not in page


def test_the_list_is_narrowed_by_direction_theme_place_and_deadline(client):
    theme, park = (
        ThemeFactory(slug="energi"),
        ParkFactory(name_nb="Herøya", municipality="Porsgrunn"),
    )
    need("need", title="Trenger varme", themes=[theme], deadline=days(5))
    need("have", title="Har plass", place="Mo i Rana")
    need("have", title="Har kran", parks=[park])
    for parameters, found in (
        ({"direction": "need"}, {"Trenger varme"}),
        ({"direction": "have"}, {"Har plass", "Har kran"}),
        ({"theme": "energi"}, {"Trenger varme"}),
        ({"place": "mo i"}, {"Har plass"}),
        ({"place": "herøya"}, {"Har kran"}),
        ({"place": "Porsgrunn"}, {"Har kran"}),
        ({"within": "14"}, {"Trenger varme"}),
        ({"direction": "sidelengs", "within": "x"}, {"Trenger varme", "Har plass", "Har kran"}),
        ({"theme": "ukjent"}, set()),
        ({"theme": "\x00", "page": "9" * 40}, {"Trenger varme", "Har plass", "Har kran"}),
    ):
        page = listed(client, **parameters)
        titles = ("Trenger varme", "Har plass", "Har kran")
        assert {title for title in titles if title in page} == found, parameters


def test_an_empty_list_says_what_to_do(client):
    assert "Ingenting er åpent nå" in listed(client)
    assert "Vis alt som er åpent" in listed(client, direction="have")


def test_needs_of_closed_groups_are_for_their_members(client):
    category = category_of_group()
    inside = join(category.group)
    need(title="Bare for gruppa", category=category, by=inside)
    assert "Bare for gruppa" not in listed(client)
    client.force_login(type(inside).objects.get(pk=inside.pk))
    assert "Bare for gruppa" in listed(client)


def test_the_list_escapes_what_people_write(client):
    need(title="<script>alert(1)</script>", place="<b>her</b>")
    page = listed(client)
    assert "<script>alert(1)" not in page
    assert "&lt;b&gt;her" in page


def test_htmx_gets_the_list_alone(client):
    need(title="Trenger varme")
    part = client.get(reverse("forum:needs"), headers={"HX-Request": "true"}).content.decode()
    assert "Trenger varme" in part
    assert "<html" not in part


def test_the_list_costs_the_same_for_one_and_for_a_page_full(client, django_assert_max_num_queries):
    for number in range(25):
        need(title=f"Trenger {number}", themes=[ThemeFactory()], deadline=days(number))
    client.force_login(UserFactory())
    listed(client)
    with django_assert_max_num_queries(9):
        listed(client)


def told(thing):
    found = Notification.objects.filter(user=thing.thread.author, thing=f"thread:{thing.pk}")
    return sorted(found.filter(kind__startswith="forum.need").values_list("kind", flat=True))


def test_authors_are_reminded_before_the_deadline_and_asked_after_it():
    soon, passed, later = need(deadline=days(3)), need(deadline=days(-1)), need(deadline=days(30))
    for _time in range(2):
        remind(timezone.now())
    assert told(soon) == ["forum.need_due"]
    assert told(passed) == ["forum.need_still_open"]
    assert told(later) == []


def test_a_new_deadline_is_reminded_of_anew():
    thing = need(deadline=days(2))
    remind(timezone.now())
    values = {"direction": "need", "place": "", "deadline": days(4)}
    change(thing, values, by=thing.thread.author)
    remind(timezone.now())
    assert told(thing) == ["forum.need_due", "forum.need_due"]


def test_without_a_deadline_it_is_asked_after_three_months():
    thing = need()
    remind(timezone.now())
    assert told(thing) == []
    then = timezone.now() - timedelta(days=91)
    Thread.objects.filter(pk=thing.pk).update(created_at=then)
    remind(timezone.now())
    remind(timezone.now())
    assert told(thing) == ["forum.need_still_open"]


def test_of_what_is_met_nobody_is_reminded():
    thing = need(deadline=days(1))
    settle(thing, MEET, by=thing.thread.author)
    remind(timezone.now())
    assert told(thing) == []


def test_the_day_of_a_deadline_is_written_in_the_readers_language(client):
    need(title="Trenger kran", deadline=date(2027, 3, 4))
    assert "04.03.2027" in listed(client)
