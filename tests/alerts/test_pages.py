"""Saving searches, and one's list of them."""

import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override

from accounts import personal
from alerts.lists import lists
from alerts.models import MOST_PER_PERSON, SavedSearch
from alerts.services import TooManyError, save_search
from alerts.wanted import canonical
from tests.alerts.conftest import run, saved
from tests.factories.accounts import UserFactory
from tests.factories.network import FacilityFactory, ParkFactory

pytestmark = pytest.mark.django_db

SAVE = "/konto/sok/lagre/"


@pytest.fixture
def logged_in(client, kari):
    client.force_login(kari)
    return client


class TestOneSpelling:
    """The same search is the same text, however its address was made."""

    @pytest.mark.parametrize(
        ("list_name", "one", "other"),
        [
            ("facilities", "q=stål&park=b&park=a", "park=a,b&q=+stål+"),
            ("facilities", "q=stål", "q=stål&page=3&sort=newest&vis=kart&alle=park&ukjent=1"),
            ("facilities", "q=stål", "q=stål&radius_km=20"),
            ("facilities", "near=60,10&radius_km=20", "radius_km=20.0&near=60,10&sort=distance"),
        ],
    )
    def test_what_means_the_same_is_the_same(self, list_name, one, other):
        of = lists()[list_name]
        assert canonical(of, QueryDict(one)) == canonical(of, QueryDict(other)) != ""

    @pytest.mark.parametrize("address", ["", "page=2", "sort=newest", "near=60,10", "q=+"])
    def test_what_narrows_nothing_is_nothing(self, address):
        assert canonical(lists()["search"], QueryDict(address)) == ""


class TestTheLink:
    """It stands where something is asked for, and is the same for everybody."""

    @pytest.mark.parametrize(
        ("path", "list_name"),
        [("/sok/", "search"), ("/anlegg/", "facilities"), ("/organisasjoner/", "organisations")],
    )
    def test_of_each_list(self, client, indexed, path, list_name):
        FacilityFactory()
        indexed()
        path = reverse({"search": "search:page"}.get(list_name, f"{list_name}:list"))
        link = escape(f"{SAVE}?list={list_name}&q=prove")
        assert link in client.get(path, {"q": "prove"}).content.decode()
        assert SAVE not in client.get(path).content.decode()

    def test_whoever_has_not_logged_in_is_led_there_and_back(self, client):
        answer = client.get(SAVE, {"list": "search", "q": "stål"})
        assert answer.status_code == 302
        assert answer["Location"].startswith("/konto/login/?next=/konto/sok/lagre/%3Flist%3Dsearch")


class TestSaving:
    """A search gets a name and is there once."""

    def test_a_name_is_proposed_and_the_search_saved(self, logged_in, kari):
        ParkFactory(slug="fjorden", name_nb="Fjorden")
        page = logged_in.get(SAVE, {"list": "facilities", "q": "stål", "park": "fjorden"})
        assert 'value="stål, Fjorden"' in page.content.decode()
        query = "q=st%C3%A5l&park=fjorden"
        data = {"list": "facilities", "query": query, "name": "Mitt stål"}
        answer = logged_in.post(SAVE, data, follow=True)
        assert "Søket er lagret" in answer.content.decode()
        search = SavedSearch.objects.get()
        assert (search.user, search.name, search.query) == (kari, "Mitt stål", query)

    def test_twice_is_once(self, logged_in):
        data = {"list": "search", "query": "q=ovn", "name": "Ovn"}
        for _ in range(2):
            assert logged_in.post(SAVE, data).status_code == 302
        assert logged_in.get(SAVE, {"list": "search", "q": "ovn"}).status_code == 302
        assert SavedSearch.objects.count() == 1

    @pytest.mark.parametrize(
        ("data", "status"),
        [
            ({"list": "search", "query": "q=ovn", "name": ""}, 422),
            ({"list": "search", "query": "q=ovn", "name": "x" * 101}, 422),
            ({"list": "search", "query": "", "name": "Alt"}, 422),
            ({"list": "mentors", "query": "q=ovn", "name": "Ovn"}, 404),
            ({"query": "q=ovn", "name": "Ovn"}, 404),
        ],
    )
    def test_what_cannot_be_saved_is_not(self, logged_in, data, status):
        assert logged_in.post(SAVE, data).status_code == status
        assert SavedSearch.objects.count() == 0

    def test_too_many_filters_are_refused_with_a_reason(self, logged_in):
        values = ",".join(f"{number}{'x' * 150}" for number in range(20))
        page = logged_in.get(SAVE, {"list": "facilities", "method": values})
        assert "for mange filtre" in page.content.decode()

    def test_there_is_a_limit_and_the_database_knows_it(self, logged_in, kari):
        for number in range(MOST_PER_PERSON):
            saved(kari, f"q=ovn+{number}")
        with pytest.raises(TooManyError):
            saved(kari, "q=en+til")
        page = logged_in.get(SAVE, {"list": "search", "q": "en til"}).content.decode()
        assert f"{MOST_PER_PERSON} lagrede søk" in page
        for slot in (1, MOST_PER_PERSON + 1):
            with pytest.raises(IntegrityError), transaction.atomic():
                SavedSearch.objects.create(
                    user=kari, slot=slot, name="x", list_name="search", query="q=x", since=0
                )
        SavedSearch.objects.first().delete()
        assert saved(kari, "q=en+til").pk

    def test_two_may_save_the_same(self, kari):
        one, other = saved(kari, "q=ovn"), saved(UserFactory(), "q=ovn")
        assert one.pk != other.pk


class TestTheList:
    """Names, what is asked for, what was new, and what can be done."""

    def test_shows_what_was_new_with_a_link_to_everything(self, logged_in, kari):
        search = saved(kari, "q=korrosjon", "facilities", name="Rust")
        facility = FacilityFactory(name_nb="Korrosjonslaben")
        run()
        page = logged_in.get("/konto/sok/").content.decode()
        assert "Rust" in page
        assert "1 ny oppføring" in page
        assert f'{reverse("facilities:list")}?q=korrosjon"' in page
        detail = logged_in.get(f"/konto/sok/{search.pk}/").content.decode()
        assert facility.get_absolute_url() in detail
        facility.published = False
        facility.save()
        assert "Korrosjonslaben" not in logged_in.get(f"/konto/sok/{search.pk}/").content.decode()

    def test_rename_pause_resume_and_delete(self, logged_in, kari):
        search = saved(kari, "q=ovn")
        page = f"/konto/sok/{search.pk}/"
        assert logged_in.post(page, {"name": "Ovner"}).status_code == 302
        assert logged_in.post(page, {"name": ""}).status_code == 422
        search.refresh_from_db()
        assert search.name == "Ovner"
        logged_in.post(f"{page}endre/", {"act": "pause"})
        assert "Satt på pause" in logged_in.get("/konto/sok/").content.decode()
        logged_in.post(f"{page}endre/", {"act": "resume"})
        assert "Satt på pause" not in logged_in.get("/konto/sok/").content.decode()
        assert logged_in.post(f"{page}endre/", {"act": "explode"}).status_code == 404
        assert "Slette «Ovner»?" in logged_in.get(f"{page}slett/").content.decode()
        logged_in.post(f"{page}slett/")
        assert SavedSearch.objects.count() == 0

    def test_is_in_english_too(self, logged_in, kari):
        saved(kari, "q=oven", name="Ovens")
        with override("en"):
            page = logged_in.get("/en/account/searches/").content.decode()
        assert "Saved searches" in page
        assert "Nothing new yet" in page

    def test_nobody_sees_or_changes_anothers(self, logged_in):
        search = saved(UserFactory(), "q=ovn")
        page = f"/konto/sok/{search.pk}/"
        assert logged_in.get(page).status_code == 404
        assert logged_in.post(page, {"name": "Min"}).status_code == 404
        assert logged_in.post(f"{page}endre/", {"act": "pause"}).status_code == 404
        assert logged_in.post(f"{page}slett/").status_code == 404
        assert SavedSearch.objects.filter(name="q=ovn").exists()

    def test_takes_as_many_queries_however_long_it_is(
        self, logged_in, kari, django_assert_max_num_queries
    ):
        for number in range(MOST_PER_PERSON):
            saved(kari, f"q=ovn+{number}")
        logged_in.get("/konto/sok/")
        with django_assert_max_num_queries(14):
            logged_in.get("/konto/sok/")


def test_it_is_handed_out_and_erased_with_the_rest(kari):
    saved(kari, "q=ovn", name="Ovn")
    (part,) = [each for each in personal.registered() if each.name == "saved_searches"]
    (row,) = part.export(kari)
    assert (row["name"], row["query"]) == ("Ovn", "q=ovn")
    part.erase(kari)
    assert SavedSearch.objects.count() == 0


def test_a_list_that_is_gone_breaks_nothing(logged_in, kari):
    search = save_search(kari, "gone", "q=ovn", name="Borte", language="nb")
    FacilityFactory(name_nb="Ovn")
    run()
    assert "Borte" in logged_in.get("/konto/sok/").content.decode()
    assert logged_in.get(f"/konto/sok/{search.pk}/").status_code == 200
