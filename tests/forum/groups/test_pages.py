"""The pages of working groups: what they show to whom, and what they say to bad input."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from network.forum.groups import services
from network.forum.groups.forms import MOST_UPLOADS
from network.forum.models import GroupFile, Meeting, WorkingGroup
from tests.factories.accounts import UserFactory, network_administrator, staff_of
from tests.factories.forum import thread
from tests.factories.network import ParkFactory, ThemeFactory
from tests.forum.groups.people import (
    DAY,
    State,
    fresh,
    group_of,
    leader_of,
    meeting_of,
    member_in,
    membership,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def page(client, name, group, *more, user=None):
    client.logout()
    if user is not None:
        client.force_login(user)
    return client.get(reverse(f"groups:{name}", args=[group.slug, *more]))


def text_of(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def send(client, user, name, *arguments, **data):
    client.force_login(user)
    return client.post(reverse(f"groups:{name}", args=arguments), data)


def test_names_are_for_members_of_the_site(client):
    group = group_of("open")
    leader_of(group, first_name="Leda")
    member_in(group, first_name="Medda")
    visitors = text_of(page(client, "detail", group))
    assert "Leda" not in visitors
    assert "Medda" not in visitors
    members = text_of(page(client, "detail", group, user=UserFactory()))
    assert "Leda" in members
    assert "Medda" in members
    assert page(client, "members", group).status_code == 302


def test_of_a_closed_group_others_see_what_it_is_and_who_leads_it(client):
    group = group_of("closed", charter_nb="Vi vil noe.")
    leader = leader_of(group, first_name="Leda")
    member_in(group, first_name="Medda")
    thread(group.category, by=leader, title="Hemmelig tråd")
    meeting_of(group, by=leader, title="Hemmelig møte")
    stranger = text_of(page(client, "detail", group, user=UserFactory()))
    assert "Vi vil noe." in stranger
    assert "Leda" in stranger
    for secret in ("Medda", "Hemmelig tråd", "Hemmelig møte"):
        assert secret not in stranger
    inside = text_of(page(client, "detail", group, user=member_in(group)))
    for shown in ("Medda", "Hemmelig tråd", "Hemmelig møte"):
        assert shown in inside
    for name in ("meetings", "files", "members", "figures"):
        assert page(client, name, group, user=UserFactory()).status_code == 404


def test_no_page_shows_an_address_in_place_of_a_name(client):
    group = group_of("open")
    leader, nameless = leader_of(group), member_in(group)
    for name in ("detail", "members"):
        assert nameless.email not in text_of(page(client, name, group, user=leader))


def test_the_directory_is_narrowed_by_theme_park_and_ones_own(client):
    theme, park = ThemeFactory(slug="varme"), ParkFactory(slug="parken")
    of_theme, of_park, own = (group_of(name_nb=name) for name in ("Om varme", "I parken", "Min"))
    of_theme.themes.add(theme)
    of_park.parks.add(park)
    of_theme.parks.add(ParkFactory())
    client.force_login(member_in(own))
    names = {"Om varme", "I parken", "Min"}

    def shown(query=""):
        text = text_of(client.get(reverse("groups:list") + query))
        return {name for name in names if f">{name}</a>" in text}

    assert shown() == names
    assert shown("?theme=varme") == {"Om varme"}
    # What names no park is for all of them.
    assert shown("?park=parken") == {"I parken", "Min"}
    assert shown("?mine=1") == {"Min"}
    assert shown("?q=VARME") == {"Om varme"}
    assert shown("?q=ingenting") == set()
    assert shown("?theme=finnes-ikke&page=999999999999") == names


def test_the_directory_costs_as_many_queries_however_many_groups_there_are(
    client, django_assert_max_num_queries
):
    person = UserFactory()
    for number in range(8):
        group = group_of("open")
        group.parks.add(ParkFactory())
        group.themes.add(ThemeFactory())
        member_in(group)
        if number % 2:
            meeting_of(group)
    client.force_login(person)
    client.get(reverse("groups:list"))
    with django_assert_max_num_queries(12):
        text_of(client.get(reverse("groups:list")))


def test_a_groups_page_costs_as_many_queries_however_much_there_is(
    client, django_assert_max_num_queries
):
    group = group_of("open")
    leader = leader_of(group)
    for number in range(6):
        member_in(group, first_name=f"Nummer {number}")
        meeting_of(group, by=leader, starts_in=(number + 1) * DAY)
        thread(group.category, by=leader)
    client.force_login(member_in(group))
    address = group.get_absolute_url()
    client.get(address)
    with django_assert_max_num_queries(22):
        text_of(client.get(address))
    client.force_login(leader)
    with django_assert_max_num_queries(24):
        text_of(client.get(address))


def test_one_joins_applies_and_leaves_by_the_pages(client):
    group, closed, person = group_of("open"), group_of("closed"), UserFactory()
    leader_of(group)
    assert send(client, person, "join", group.slug).status_code == 302
    assert membership(group, person).state == State.MEMBER
    assert send(client, person, "join", closed.slug, message="Hei").status_code == 302
    assert membership(closed, person).message == "Hei"
    assert send(client, person, "leave", group.slug).status_code == 302
    assert send(client, person, "leave", closed.slug).status_code == 302
    assert membership(group, person).state == State.LEFT


def test_what_is_too_long_is_said_at_the_field_and_not_lost(client):
    long = "a" * 1001
    answer = send(client, UserFactory(), "join", group_of("closed").slug, message=long)
    assert answer.status_code == 422
    assert long in answer.content.decode()


def test_a_refusal_needs_a_reason(client):
    group = group_of("closed")
    asked = services.apply(group, UserFactory())
    leader = leader_of(group)
    answer = send(client, leader, "application", group.slug, asked.pk, action="decline", reason=" ")
    assert answer.status_code == 422
    assert membership(group, asked.user).state == State.APPLIED


def test_rows_of_another_group_are_not_there(client):
    group, other = group_of("closed"), group_of("closed")
    leader = leader_of(group)
    asked, inside = services.apply(other, UserFactory()), membership(other, member_in(other))
    meeting = meeting_of(other)
    client.force_login(leader)
    for name, pk in (
        ("application", asked.pk), ("member", inside.pk), ("meeting", meeting.pk),
        ("edit-meeting", meeting.pk), ("minutes", meeting.pk), ("ical", meeting.pk),
    ):  # fmt: skip
        assert client.get(reverse(f"groups:{name}", args=[group.slug, pk])).status_code == 404


def test_the_last_leader_is_told_to_hand_over(client):
    group = group_of("open")
    leader = leader_of(group)
    assert "Ingen andre leder gruppen" in text_of(page(client, "leave", group, user=leader))
    send(client, leader, "leave", group.slug)
    assert membership(group, leader).state == State.MEMBER


def upload(client, user, group, *files):
    client.force_login(user)
    return client.post(reverse("groups:files", args=[group.slug]), {"uploads": list(files)})


def test_members_keep_files_which_readers_download_and_who_added_deletes(client):
    group = group_of("closed")
    person, other = member_in(group), member_in(group)
    given = [SimpleUploadedFile("Plan æ.pdf", b"%PDF-"), SimpleUploadedFile("b.txt", b"B")]
    assert upload(client, person, group, *given).status_code == 302
    assert GroupFile.objects.count() == 2
    file = GroupFile.objects.get(size=1)
    answer = page(client, "file", group, file.pk, user=other)
    assert b"".join(answer.streaming_content) == b"B"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert page(client, "file", group, file.pk, user=UserFactory()).status_code == 404
    assert page(client, "file", group, file.pk).status_code == 302
    assert send(client, other, "delete-file", group.slug, file.pk).status_code == 404
    assert send(client, person, "delete-file", group.slug, file.pk).status_code == 302
    assert GroupFile.objects.count() == 1


@pytest.mark.parametrize(
    "files",
    [
        [SimpleUploadedFile("virus.exe", b"MZ")],
        [SimpleUploadedFile("side.html", b"<script>")],
        [SimpleUploadedFile("tom.txt", b"")],
        [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(MOST_UPLOADS + 1)],
        [],
    ],
    ids=["program", "page", "empty", "too many", "none"],
)
def test_bad_files_are_refused_at_the_field(client, files):
    group = group_of("open")
    answer = upload(client, member_in(group), group, *files)
    assert answer.status_code == 422
    assert not GroupFile.objects.exists()


def test_strangers_add_no_files_to_an_open_group(client):
    group = group_of("open")
    answer = upload(client, UserFactory(), group, SimpleUploadedFile("a.txt", b"A"))
    assert answer.status_code == 404


def moment(at):
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")


def call(client, group, user, **values):
    begin = timezone.now() + 2 * DAY
    data = {
        "title": "Møte", "place": "Mo", "starts_at": moment(begin),
        "ends_at": moment(begin + timedelta(hours=1)), **values,
    }  # fmt: skip
    return send(client, user, "new-meeting", group.slug, **data)


def test_leaders_call_a_meeting_by_the_page(client):
    group = group_of("open")
    assert call(client, group, leader_of(group)).status_code == 302
    assert Meeting.objects.get().title == "Møte"


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_at": "2026-01-01T10:00"},
        {"starts_at": "3026-01-01T10:00"},
        {"starts_at": "i morgen"},
        {"place": ""},
        {"link": "javascript:alert(1)"},
        {"title": "a" * 151},
        {"agenda": "a" * 6001},
        # The hour that is skipped in spring.
        {"starts_at": "2027-03-28T02:30", "ends_at": "2027-03-28T04:00"},
    ],
)
def test_a_meeting_that_cannot_be_is_refused_at_the_field(client, wrong):
    group = group_of("open")
    assert call(client, group, leader_of(group), **wrong).status_code == 422
    assert not Meeting.objects.exists()


def test_a_meeting_says_its_day_in_words_and_norwegian_time(client):
    group = group_of("open")
    begin = timezone.datetime(2027, 6, 10, 8, 0, tzinfo=timezone.get_fixed_timezone(0))
    meeting = services.call_meeting(
        group,
        {"title": "Møte", "place": "Mo", "starts_at": begin, "ends_at": begin + timedelta(hours=2)},
        by=network_administrator(),
    )
    assert "Torsdag 10. juni 2027 kl. 10.00–12.00" in text_of(
        page(client, "meeting", group, meeting.pk)
    )
    with override("en"):
        english = text_of(page(client, "meeting", group, meeting.pk))
    assert "Thursday 10 June 2027, 10:00–12:00" in english


def test_hostile_markdown_does_nothing(client):
    group = group_of("open", charter_nb="<script>alert(1)</script> [x](javascript:alert(1))")
    meeting = meeting_of(group, agenda="<img src=x onerror=alert(1)>", title="<b>Møte</b>")
    for answer in (page(client, "detail", group), page(client, "meeting", group, meeting.pk)):
        text = text_of(answer)
        assert "<script>alert" not in text
        assert 'href="javascript' not in text
        assert "<img src=x" not in text
        assert "<b>Møte</b>" not in text


def test_members_answer_on_the_page_and_leaders_note_who_was_there(client):
    group = group_of("closed")
    leader, person = leader_of(group), member_in(group)
    meeting = meeting_of(group, by=leader)
    assert send(client, person, "reply", group.slug, meeting.pk, answer="yes").status_code == 302
    assert send(client, person, "reply", group.slug, meeting.pk, answer="tja").status_code == 404
    assert ">Kommer <" in text_of(page(client, "meeting", group, meeting.pk, user=leader))
    Meeting.objects.update(starts_at=timezone.now() - DAY)
    answer = send(client, leader, "attendance", group.slug, meeting.pk, present=[person.pk])
    assert answer.status_code == 302
    assert meeting.replies.get().attended


def test_staff_start_a_group_and_others_are_led_to_proposing_one(client):
    client.force_login(UserFactory())
    assert client.get(reverse("groups:new")).url == reverse("groups:propose")
    values = {"name_nb": "Ny gruppe", "summary_nb": "Om noe.", "openness": "closed"}
    answer = send(client, staff_of(ParkFactory()), "new", **values)
    group = WorkingGroup.objects.get()
    assert answer.url == group.get_absolute_url()
    incomplete = send(client, staff_of(ParkFactory()), "new", name_nb="", summary_nb="Beholdt.")
    assert incomplete.status_code == 422
    assert "Beholdt." in incomplete.content.decode()


def test_a_leader_edits_the_group_by_the_page(client):
    group = group_of("open")
    leader = leader_of(group)
    client.force_login(leader)
    address = reverse("groups:edit", args=[group.slug])
    form = client.get(address).context["form"]
    values = {"name_nb": "Nytt", "summary_nb": "Om.", "openness": "open"}
    answer = client.post(address, {**values, "seen": form["seen"].value()})
    assert answer.status_code == 302
    group.refresh_from_db()
    assert group.name_nb == "Nytt"
    # The same form once more does not know what has been written since.
    stale = client.post(address, {**values, "name_nb": "Annet", "seen": form["seen"].value()})
    assert stale.status_code == 422
    assert "Nytt" in stale.content.decode()


def test_the_queue_and_my_page_show_what_waits(client):
    group = group_of("closed")
    leader = leader_of(group)
    services.apply(group, UserFactory(first_name="Søker"))
    meeting_of(group, title="Vårmøtet")
    services.propose({"name": "Forslaget", "summary": "Om.", "openness": "open"}, by=UserFactory())
    client.force_login(fresh(leader))
    mine = text_of(client.get(reverse("activity:my_page")))
    assert "Søker" in mine
    assert "Vårmøtet" in mine
    client.force_login(network_administrator())
    assert "Foreslåtte arbeidsgrupper" in text_of(client.get(reverse("activity:my_page")))
    assert "Forslaget" in text_of(client.get(reverse("groups:queue")))


def test_ones_own_page_shows_groups_meetings_and_what_one_has_answered(client):
    group = group_of("closed", name_nb="Min gruppe")
    person = member_in(group)
    meeting = meeting_of(group, title="Vårmøtet")
    client.force_login(person)
    address = reverse("groups:mine")
    before = text_of(client.get(address))
    assert "Min gruppe" in before
    assert "Vårmøtet" in before
    assert "Ikke besvart" in before
    services.reply(meeting, person, "maybe")
    assert "Kanskje" in text_of(client.get(address))


def test_a_letters_link_says_the_same_to_everybody_and_lets_only_the_addressee_in(client):
    group = group_of("hidden", name_nb="Skjult gruppe")
    (invitation,) = services.invite(group, ["kari@example.org"], by=leader_of(group), language="nb")
    invitation.digest = services.feed_digest("ordet")
    invitation.save()
    address = reverse("groups:invitation", args=["ordet"])
    assert "Skjult gruppe" in text_of(client.get(address))
    assert client.post(address, {"action": "accept"}).status_code == 404
    person = UserFactory()
    assert send(client, person, "invitation", "ordet", action="accept").status_code == 302
    assert not group.memberships.filter(user=person).exists()
    services.withdraw_invitation(invitation, by=network_administrator())
    gone = client.get(address)
    assert gone.status_code == 410
    assert "Skjult gruppe" not in gone.content.decode()
