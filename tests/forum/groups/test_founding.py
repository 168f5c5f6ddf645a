"""Starting, proposing, editing and ending working groups."""

import pytest
from django.core.exceptions import PermissionDenied

from network.forum.groups import services
from network.forum.groups.errors import AlreadyDecidedError, EndedError, TooManyError
from network.forum.groups.services.founding import RESERVED
from network.forum.models import Access, Category, GroupMembership, Thread, WorkingGroup
from network.merging import ChangedMeanwhile, stamp
from search.models import SearchEntry
from tests.factories.accounts import UserFactory, administrator_of, network_administrator, staff_of
from tests.factories.forum import join, thread
from tests.factories.network import OrganisationFactory, ParkFactory, ThemeFactory
from tests.forum.groups.people import Role, fresh, group_of, leader_of, member_in, membership
from tests.forum.groups.test_belonging import told

pytestmark = pytest.mark.django_db

TEXTS = {"name_nb": "Gruppe for sveis", "summary_nb": "Vi sveiser."}


def audience_of(group_or_thread, type_):
    return SearchEntry.objects.get(key=f"{type_}:{group_or_thread.pk}").audience


def test_staff_start_a_group_which_they_lead_and_which_has_a_category():
    park, theme = ParkFactory(), ThemeFactory()
    staff = staff_of(park)
    values = {**TEXTS, "openness": "closed", "parks": [park], "themes": [theme]}
    group = services.found_group(values, by=staff)
    assert membership(group, staff).role == Role.LEADER
    assert list(group.parks.all()) == [park]
    category = group.category
    assert (category.access, category.audience) == (Access.GROUP, f"group:{group.pk}")
    assert (category.name_nb, category.description_nb) == ("Gruppe for sveis", "Vi sveiser.")


@pytest.mark.parametrize("who", [UserFactory, lambda: administrator_of(OrganisationFactory())])
def test_others_start_none(who):
    with pytest.raises(PermissionDenied):
        services.found_group(TEXTS, by=who())


def test_groups_of_one_name_have_addresses_of_their_own():
    staff = network_administrator()
    slugs = {services.found_group(TEXTS, by=staff).slug for _ in range(3)}
    assert len(slugs) == 3
    taken = services.found_group({**TEXTS, "name_nb": "Ny"}, by=staff)
    assert taken.slug not in RESERVED


def test_a_proposal_becomes_a_group_that_its_proposer_leads():
    person, staff = UserFactory(), staff_of(ParkFactory())
    proposal = services.propose(
        {"name": "Sveis", "summary": "Vi sveiser.", "openness": "closed"}, by=person
    )
    group = services.accept_proposal(proposal, by=staff)
    assert membership(group, person).role == Role.LEADER
    assert not GroupMembership.objects.filter(user=staff).exists()
    assert (group.openness, group.summary_nb) == ("closed", "Vi sveiser.")
    assert told(person) == ["forum.group_decided"]
    assert services.accept_proposal(proposal, by=staff) == group
    with pytest.raises(AlreadyDecidedError):
        services.refuse_proposal(proposal, by=staff, answer="Nei.")


def proposed(by=None, **values):
    told = {"name": "Sveis", "summary": "Vi sveiser.", "openness": "open", **values}
    return services.propose(told, by=by or UserFactory())


def test_those_who_may_start_it_hear_of_a_proposal():
    park = ParkFactory()
    staff, elsewhere, administrator = (
        staff_of(park),
        staff_of(ParkFactory()),
        network_administrator(),
    )
    proposed(parks=[park])
    assert told(staff) == told(administrator) == ["forum.group_proposed"]
    assert told(elsewhere) == []


def test_a_refusal_says_why():
    person = UserFactory()
    proposal = services.refuse_proposal(
        proposed(person), by=network_administrator(), answer="Finnes alt."
    )
    assert (proposal.state, proposal.answer) == ("refused", "Finnes alt.")
    assert told(person) == ["forum.group_decided"]
    assert not WorkingGroup.objects.exists()


def test_members_decide_nothing_and_staff_not_their_own():
    staff = staff_of(ParkFactory())
    for proposal, by in ((proposed(), UserFactory()), (proposed(staff), staff)):
        with pytest.raises(PermissionDenied):
            services.accept_proposal(proposal, by=by)
        with pytest.raises(PermissionDenied):
            services.refuse_proposal(proposal, by=by, answer="Nei.")


def test_one_takes_back_ones_own_proposal():
    person = UserFactory()
    proposal = proposed(person)
    with pytest.raises(PermissionDenied):
        services.withdraw_proposal(proposal, by=UserFactory())
    assert services.withdraw_proposal(proposal, by=person).state == "withdrawn"
    with pytest.raises(AlreadyDecidedError):
        services.accept_proposal(proposal, by=network_administrator())


def test_proposing_the_same_twice_proposes_once_and_five_are_enough():
    person = UserFactory()
    assert proposed(person) == proposed(person)
    for number in range(4):
        proposed(person, name=f"Gruppe {number}")
    with pytest.raises(TooManyError):
        proposed(person, name="En til")


def edit(group, by, seen=None, **values):
    seen = seen or {name: stamp(getattr(group, name)) for name in values}
    return services.edit_group(group, values, seen=seen, by=by)


def test_leaders_edit_and_the_category_follows():
    group = group_of("open")
    leader = leader_of(group)
    assert edit(group, leader, name_nb="Nytt navn") == ["name_nb"]
    assert Category.objects.get(group=group).name_nb == "Nytt navn"
    with pytest.raises(PermissionDenied):
        edit(group, member_in(group), name_nb="Mitt navn")


def test_two_leaders_who_write_the_same_are_told():
    group = group_of("open")
    leader, other = leader_of(group), leader_of(group)
    seen = {"name_nb": stamp(group.name_nb)}
    edit(group, leader, seen, name_nb="Det ene")
    with pytest.raises(ChangedMeanwhile) as changed:
        edit(group, other, seen, name_nb="Det andre")
    assert changed.value.theirs == {"name_nb": "Det ene"}


def test_closing_a_group_hides_its_threads_from_the_search_as_well():
    group = group_of("open")
    leader = leader_of(group)
    thing = thread(group.category, by=leader)
    assert "public" in audience_of(thing, "thread")
    edit(group, leader, openness="hidden")
    assert Category.objects.get(group=group).audience == f"group:{group.pk}"
    assert set(audience_of(thing, "thread")) == {f"group:{group.pk}", "administrator"}
    assert set(audience_of(group, "group")) == {f"group:{group.pk}", "administrator"}
    assert not Thread.objects.visible_to(UserFactory()).filter(pk=thing.pk).exists()
    edit(WorkingGroup.objects.get(pk=group.pk), leader, openness="open")
    assert "public" in audience_of(thing, "thread")


def test_without_a_council_nobody_sits_in_it():
    group = group_of("open", has_council=True)
    leader, person = leader_of(group), fresh(join(group, role="council"))
    edit(group, leader, has_council=False)
    assert membership(group, person).role == Role.MEMBER


def test_what_has_ended_is_read_and_not_written():
    group = group_of("open")
    leader = leader_of(group)
    thing = thread(group.category, by=leader)
    services.end_group(group, by=leader)
    services.end_group(group, by=leader)
    assert Category.objects.get(group=group).closed
    assert Thread.objects.visible_to(UserFactory()).filter(pk=thing.pk).exists()
    with pytest.raises(EndedError):
        edit(group, leader, name_nb="Nytt")
    with pytest.raises(PermissionDenied):
        services.reopen_group(group, by=leader)
    services.reopen_group(group, by=network_administrator())
    assert not Category.objects.get(group=group).closed


def test_only_the_name_of_a_closed_group_is_searchable_to_everybody():
    group = group_of("closed", charter_nb="Hva vi vil.")
    entry = SearchEntry.objects.get(key=f"group:{group.pk}")
    assert entry.audience == ["public"]
    assert "Hva vi vil." in entry.text_nb
