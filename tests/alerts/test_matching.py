"""Whoever has saved a search hears once of what is new in it, and of nothing they may not see."""

import pytest
from django.test import override_settings
from django.utils.translation import override

from activity import services as activity
from activity.choosing import choose_timing
from activity.kinds import Timing
from activity.models import Event, Notification
from alerts import running
from alerts.changes import BATCH
from alerts.matching import SmallIndex
from alerts.models import KnownEntry, Match
from alerts.notices import KIND
from alerts.services import pause_search, resume_search, thing_of
from network.facilities.models import Facility
from network.organisations.services import add_member
from search import knowledge
from search.engines.base import EngineError
from search.models import OutboxItem, SearchEntry, SynonymSet
from tests.activity.conftest import deliver, post_office  # noqa: F401 - a fixture
from tests.alerts.conftest import run, saved, told_to
from tests.factories.accounts import UserFactory
from tests.factories.network import (
    FacilityFactory,
    MethodFactory,
    OrganisationFactory,
    ParkFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def keys():
    return sorted(Match.objects.values_list("key", flat=True))


def test_what_was_there_already_is_not_new(kari):
    FacilityFactory(name_nb="Korrosjonslaben")
    saved(kari, "q=korrosjonslab")
    run()
    assert told_to(kari) == []


@pytest.mark.parametrize(
    ("address", "list_name", "found"),
    [
        ("q=korrosjonslab", "search", True),
        ("q=korrosjon", "search", True),
        ("q=corrosion+test", "search", True),
        ("q=fiskefor", "search", False),
        ("q=korrosjon", "facilities", True),
        ("q=korrosjon", "organisations", False),
        ("park=fjorden", "facilities", True),
        ("park=heia", "facilities", False),
        ("park=fjorden&park=heia", "facilities", True),
        ("park=fjorden&method=strekk", "facilities", False),
        ("park=fjorden&method=korrosjon", "facilities", True),
        ("q=korrosjon&park=heia", "facilities", False),
        ("type=facility", "search", True),
        ("type=park", "search", False),
        ("near=66.3,14.2&radius_km=50", "facilities", True),
        ("near=59.9,10.7&radius_km=50", "facilities", False),
        ("q=korrosjon&near=59.9,10.7&radius_km=50", "search", False),
    ],
)
def test_a_new_entry_is_found_as_the_list_would_find_it(kari, address, list_name, found):
    park = ParkFactory(slug="fjorden", name_nb="Fjorden")
    ParkFactory(slug="heia", name_nb="Heia")
    method = MethodFactory(slug="korrosjon", name_nb="Korrosjonsprøving")
    run()
    saved(kari, address, list_name)
    facility = FacilityFactory(name_nb="Korrosjonslaben", park=park, methods=[method])
    run()
    assert (f"facility:{facility.pk}" in keys()) is found


def test_people_read_it_in_their_own_language(kari):
    ola = UserFactory(email="ola@example.org", language="en")
    saved(kari, "q=korrosjon", name="Rust")
    saved(ola, "q=corrosion", name="Rust too", language="en")
    FacilityFactory(name_nb="Korrosjonslaben", name_en="The corrosion lab")
    run()
    assert told_to(kari) == ["Nytt i «Rust»: Korrosjonslaben"]
    with override("en"):
        assert told_to(ola) == ["New in “Rust too”: The corrosion lab"]


def test_a_mere_edit_is_not_new(kari):
    facility = FacilityFactory(name_nb="Korrosjonslaben")
    run()
    saved(kari, "q=korrosjon")
    facility.summary_nb = "Prøver det meste."
    facility.save()
    run()
    assert told_to(kari) == []


def test_what_matches_only_after_a_change_is_new_once(kari):
    facility = FacilityFactory(name_nb="Ovnslaben")
    run()
    saved(kari, "q=korrosjon", name="Rust")
    for name in ("Korrosjonslaben", "Ovnslaben", "Korrosjonslaben"):
        facility.name_nb = name
        facility.save()
        run()
    assert told_to(kari) == ["Nytt i «Rust»: Korrosjonslaben"]


class TestHidden:
    """Entries that not everybody sees."""

    @pytest.fixture
    def facility(self):
        return FacilityFactory(name_nb="Korrosjonslaben", published=False)

    def test_only_those_who_may_see_it_hear_of_it(self, kari):
        insider = UserFactory(email="inne@example.org")
        host = OrganisationFactory()
        add_member(host, insider)
        for each in (kari, insider):
            saved(each, "q=korrosjon", name="Rust")
        FacilityFactory(name_nb="Korrosjonslaben", host=host, published=False)
        run()
        assert told_to(kari) == []
        assert told_to(insider) == ["Nytt i «Rust»: Korrosjonslaben"]

    def test_it_is_new_to_others_when_it_is_published(self, kari, facility):
        insider = UserFactory(email="inne@example.org")
        add_member(facility.host, insider)
        run()
        for each in (kari, insider):
            saved(each, "q=korrosjon", name="Rust")
        for published in (True, False, True):
            facility.published = published
            facility.save()
            run()
        assert told_to(kari) == ["Nytt i «Rust»: Korrosjonslaben"]
        assert told_to(insider) == []

    def test_a_membership_counts_as_it_is_when_the_searches_run(self, kari, facility):
        saved(kari, "q=korrosjon", name="Rust")
        membership = add_member(facility.host, kari)
        membership.delete()
        run()
        assert Match.objects.count() == 0

    def test_what_was_hidden_meanwhile_is_neither_shown_nor_sent(self, kari, post_office):  # noqa: F811 - a fixture
        activity_choice(kari)
        saved(kari, "q=korrosjon")
        facility = FacilityFactory(name_nb="Korrosjonslaben")
        run()
        facility.published = False
        facility.save()
        deliver()
        assert told_to(kari) == []
        assert post_office.messages == []

    def test_an_entry_that_its_type_hides_is_not_found(self, kari, facility):
        saved(kari, "q=korrosjon")
        # The projection is behind: it says that everybody may see it.
        from_projection("facility", facility.pk, audience=["public"])
        run()
        assert Match.objects.count() == 0


def from_projection(name, pk, **values):
    version = OutboxItem.objects.create(key=f"{name}:{pk}").pk
    SearchEntry.objects.filter(key=f"{name}:{pk}").update(version=version, **values)


def activity_choice(user):
    """Let the person have their e-mail at once."""
    choose_timing(user, KIND, Timing.AT_ONCE)


class TestTelling:
    """One message for each search and run, sent once."""

    def test_several_matches_are_one_message_with_ten_titles_and_a_count(self, kari, post_office):  # noqa: F811 - a fixture
        activity_choice(kari)
        saved(kari, "q=korrosjon", name="Rust")
        for number in range(13):
            FacilityFactory(name_nb=f"Korrosjonslab {number}")
        run()
        deliver()
        (message,) = post_office.messages
        assert message["Subject"] == "Parknett: 13 nye i «Rust»"
        text = message.get_body(["plain"]).get_content()
        assert text.count("– Korrosjonslab") == 10
        assert "og 3 til" in text
        assert message["List-Unsubscribe"]

    def test_a_run_that_dies_before_its_commit_is_done_again(self, kari, monkeypatch):
        saved(kari, "q=korrosjon")
        FacilityFactory(name_nb="Korrosjonslaben")
        with monkeypatch.context() as broken:
            broken.setattr(running, "remember", fail)
            with pytest.raises(EngineError):
                run()
        assert (Match.objects.count(), KnownEntry.objects.count()) == (0, 0)
        run()
        run()
        assert len(told_to(kari)) == 1

    def test_one_that_dies_between_finding_and_telling_tells_next_time_and_once(
        self, kari, monkeypatch
    ):
        saved(kari, "q=korrosjon")
        FacilityFactory(name_nb="Korrosjonslaben")
        with monkeypatch.context() as broken:
            broken.setattr(running, "notify", fail)
            with pytest.raises(EngineError):
                run()
        assert (Match.objects.filter(told_at=None).count(), Event.objects.count()) == (1, 0)
        run()
        run()
        assert Notification.objects.count() == 1

    def test_a_paused_search_tells_nothing_then_or_afterwards(self, kari):
        search = saved(kari, "q=korrosjon", name="Rust")
        pause_search(search)
        FacilityFactory(name_nb="Korrosjonslaben")
        run()
        resume_search(search)
        run()
        assert told_to(kari) == []
        FacilityFactory(name_nb="Korrosjonshallen")
        run()
        assert told_to(kari) == ["Nytt i «Rust»: Korrosjonshallen"]

    def test_muting_it_from_an_e_mail_is_a_pause(self, kari):
        search = saved(kari, "q=korrosjon")
        activity.mute(kari, thing_of(search.pk))
        FacilityFactory(name_nb="Korrosjonslaben")
        run()
        assert Match.objects.count() == 0

    def test_who_cannot_log_in_any_more_is_told_nothing(self, kari):
        saved(kari, "q=korrosjon")
        kari.is_active = False
        kari.save()
        FacilityFactory(name_nb="Korrosjonslaben")
        run()
        assert Match.objects.count() == 0

    def test_more_entries_than_a_batch_are_all_found(self, kari):
        saved(kari, "q=oppstillingsplass")
        park, host = ParkFactory(), OrganisationFactory()
        for number in range(BATCH + 3):
            FacilityFactory(name_nb=f"Oppstillingsplass {number}", park=park, host=host)
        run()
        assert Match.objects.count() == BATCH + 3
        assert Notification.objects.count() == 1


def fail(*args, **kwargs):
    raise EngineError("the worker is gone")


def test_what_is_gone_is_forgotten(kari):
    facility = FacilityFactory()
    run()
    assert KnownEntry.objects.filter(key=f"facility:{facility.pk}").exists()
    Facility.objects.all().delete()
    run()
    assert not KnownEntry.objects.filter(key=f"facility:{facility.pk}").exists()


def test_a_new_synonym_counts_at_the_next_entry(kari):
    saved(kari, "q=rusteri", name="Rust")
    FacilityFactory(name_nb="Korrosjonslab en")
    run()
    assert told_to(kari) == []
    SynonymSet.objects.create(words="rusteri, korrosjonslab")
    knowledge.forget()
    FacilityFactory(name_nb="Korrosjonslab to")
    run()
    assert told_to(kari) == ["Nytt i «Rust»: Korrosjonslab to"]


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:9"])
def test_it_is_the_same_whatever_engine_serves_the_site_or_none(kari, url):
    with override_settings(SEARCH_URL=url):
        saved(kari, "q=korrosjon", name="Rust")
        FacilityFactory(name_nb="Korrosjonslaben")
        run()
    assert told_to(kari) == ["Nytt i «Rust»: Korrosjonslaben"]


def test_the_same_search_of_many_is_run_once(django_assert_max_num_queries):
    for _ in range(30):
        saved(UserFactory(), "q=korrosjon")
    FacilityFactory(name_nb="Korrosjonslaben")
    with django_assert_max_num_queries(20):
        running.matches_of(running.next_changes())


def test_nothing_new_costs_a_few_queries(kari, django_assert_max_num_queries):
    for number in range(10):
        saved(kari, f"q=korrosjon+{number}")
    FacilityFactory()
    run()
    with django_assert_max_num_queries(4):
        run()


def test_the_engine_is_asked_only_what_an_entry_has_all_words_and_choices_of(kari, monkeypatch):
    here, elsewhere = ParkFactory(slug="her"), ParkFactory(slug="der")
    run()
    for query in ("q=korrosjon", "q=sveising", "q=korrosjon&park=her", "q=korrosjon&park=der"):
        saved(kari, query)
    saved(kari, f"park={elsewhere.slug}")
    asked = []
    find = SmallIndex.newly_found

    def newly_found(self, wish, audience):
        asked.append(wish.query)
        return find(self, wish, audience)

    monkeypatch.setattr(SmallIndex, "newly_found", newly_found)
    FacilityFactory(name_nb="Korrosjonslaben", park=here)
    run()
    assert sorted(asked) == ["q=korrosjon", "q=korrosjon&park=her"]
    assert Match.objects.count() == len(asked)
