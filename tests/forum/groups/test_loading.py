"""The group that every installation has, the sample groups, and what groups hold about people."""

import io

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts import personal
from network.forum.groups import services
from network.forum.groups.loading import load_groups
from network.forum.models import GroupMembership, Meeting, WorkingGroup
from network.loading import Report
from tests.factories.accounts import UserFactory, network_administrator
from tests.factories.forum import CategoryFactory
from tests.forum.groups.people import group_of, leader_of, meeting_of, member_in

pytestmark = pytest.mark.django_db


def test_the_parks_forum_is_there_open_and_without_a_council_until_it_is_appointed(client):
    load_groups(Report())
    group = WorkingGroup.objects.get(slug="samarbeidsforum")
    assert (group.openness, group.has_council, group.sample) == ("open", True, False)
    assert group.category.audience == "public"
    assert not group.memberships.exists()
    client.force_login(UserFactory())
    assert "Ingen er oppnevnt" in client.get(group.get_absolute_url()).content.decode()


def test_loading_again_leaves_what_people_have_changed():
    load_groups(Report())
    WorkingGroup.objects.update(name_nb="Nytt navn", openness="closed")
    load_groups(Report())
    group = WorkingGroup.objects.get()
    assert (group.name_nb, group.openness) == ("Nytt navn", "closed")


def test_sample_groups_are_marked_and_go_again(client):
    CategoryFactory()
    for _ in range(2):
        call_command("load_sample_threads", stdout=io.StringIO())
    groups = WorkingGroup.objects.all()
    assert {group.openness for group in groups} == {"open", "closed"}
    assert all(group.sample for group in groups)
    assert all(meeting.starts_at.weekday() < 5 for meeting in Meeting.objects.all())
    page = client.get(groups.get(openness="open").get_absolute_url()).content.decode()
    assert "Eksempeldata" in page
    assert "noindex" in page
    call_command("load_sample_threads", "--remove", stdout=io.StringIO())
    assert not WorkingGroup.objects.exists()


def test_what_groups_hold_about_somebody_is_handed_out_and_goes_with_them():
    group = group_of("closed")
    leader, person = leader_of(group), member_in(group)
    meeting = meeting_of(group, by=leader)
    services.reply(meeting, person, "yes")
    services.make_feed(person, group)
    services.propose({"name": "Sveis", "summary": "Om.", "openness": "open"}, by=person)
    names = ("working-groups", "meetings", "proposed-groups", "calendars-of-meetings")
    parts = {part.name: part for part in personal.registered()}
    assert {name for name in names if list(parts[name].export(person))} == set(names)
    for someone in (person, leader):
        for part in parts.values():
            if any(label.startswith("forum.Group") or "Meeting" in label for label in part.models):
                part.erase(someone)
    assert not GroupMembership.objects.filter(group=group).exists()
    assert not any(list(parts[name].export(person)) for name in names)
    meeting.refresh_from_db()
    assert meeting.by is None


def in_admin(client, user):
    client.force_login(user)
    return client


def test_network_administrators_edit_categories_and_groups_in_the_admin(client):
    in_admin(client, network_administrator())
    made = client.post(
        reverse("wagtailsnippets_forum_category:add"),
        {"name_nb": "Ny kategori", "access": "open", "position": "5"},
    )
    assert made.status_code == 302
    group = group_of("open")
    values = {"name_nb": "Nytt navn", "summary_nb": "Om.", "openness": "closed", "ended_on": ""}
    saved = client.post(reverse("wagtailsnippets_forum_workinggroup:edit", args=[group.pk]), values)
    assert saved.status_code == 302
    group = WorkingGroup.objects.get(pk=group.pk)
    assert group.category.audience == f"group:{group.pk}"
    assert group.category.name_nb == "Nytt navn"
    listed = client.get(reverse("wagtailsnippets_forum_category:list")).content.decode()
    assert "Ny kategori" in listed
    # A group's category is edited with its group.
    edited = reverse("wagtailsnippets_forum_category:edit", args=[group.category.pk])
    assert edited not in listed
    refused = client.post(edited, {"name_nb": "Annet", "access": "group", "position": "5"})
    assert refused.status_code == 200
    group.category.refresh_from_db()
    assert group.category.name_nb == "Nytt navn"


def test_a_category_of_a_park_needs_its_park(client):
    in_admin(client, network_administrator())
    answer = client.post(
        reverse("wagtailsnippets_forum_category:add"),
        {"name_nb": "Parken", "access": "park", "position": "5"},
    )
    assert answer.status_code == 200
    assert "Velg parken" in answer.content.decode()
