"""Suggesting terms for the vocabularies, and deciding on them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from network.facilities import editing_terms
from network.facilities.models import Facility, Method, Standard, TermSuggestion
from search.models import SearchEntry
from tests.factories.facilities import person
from tests.factories.network import MethodFactory
from tests.organisations.people import told

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def owner(reader):
    return reader("host")


@pytest.fixture
def network(db):
    return person("network")


@pytest.fixture
def suggestion(facility, owner, network):
    return editing_terms.suggest_term(
        facility, kind="method", name_nb="Slagseighetsprøving", name_en="Impact test", by=owner
    )


def test_a_term_that_is_taken_in_is_the_facilitys_and_found(suggestion, facility, owner, network):
    assert told(network) == ["facilities.term_suggested"]
    term = editing_terms.accept_suggestion(
        suggestion, name_nb="Slagseighetsprøving", name_en="Impact testing", by=network
    )
    assert (term.slug, term.name_en) == ("slagseighetsproving", "Impact testing")
    assert list(Facility.objects.get().methods.all()) == [term]
    assert "slagseighetsproving" in SearchEntry.objects.get(type="facility").facets["method"]
    assert told(owner) == ["facilities.term_decided"]


def test_another_name_of_a_known_term_becomes_its_synonym(suggestion, facility, network):
    known = MethodFactory(name_nb="Charpy-prøving")
    editing_terms.recognise_suggestion(suggestion, "charpy-prøving", by=network)
    known.refresh_from_db()
    assert known.synonyms_nb == "Slagseighetsprøving"
    assert known.synonyms_en == "Impact test"
    assert list(Facility.objects.get().methods.all()) == [known]
    assert Method.objects.count() == 1


def test_a_refusal_says_why(suggestion, owner, network):
    editing_terms.refuse_suggestion(suggestion, "For snevert.", by=network)
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.reason) == ("refused", "For snevert.")
    assert told(owner) == ["facilities.term_decided"]
    with pytest.raises(editing_terms.AlreadyDecided):
        editing_terms.accept_suggestion(suggestion, name_nb="X", name_en="", by=network)


def test_what_is_known_is_given_at_once(facility, owner):
    known = MethodFactory(name_nb="Strekkprøving", synonyms_nb="Strekktest")
    assert (
        editing_terms.suggest_term(facility, kind="method", name_nb="STREKKTEST", by=owner) is None
    )
    assert list(Facility.objects.get().methods.all()) == [known]


def test_suggesting_twice_is_suggesting_once(suggestion, facility, owner):
    again = editing_terms.suggest_term(
        facility, kind="method", name_nb="Slagseighetsprøving", by=owner
    )
    assert again == suggestion


def test_a_standard_has_its_code(facility, owner, network):
    made = editing_terms.suggest_term(facility, kind="standard", name_nb="ISO 148-1", by=owner)
    editing_terms.accept_suggestion(made, name_nb="ISO 148-1", name_en="", by=network)
    assert Standard.objects.get().code == "ISO 148-1"


@pytest.mark.parametrize("role", ["member", "host-member", "host", "park", "other-park"])
def test_only_the_network_decides(suggestion, reader, role):
    user = reader(role)
    for decide in (
        lambda: editing_terms.accept_suggestion(suggestion, name_nb="X", name_en="", by=user),
        lambda: editing_terms.recognise_suggestion(suggestion, "X", by=user),
        lambda: editing_terms.refuse_suggestion(suggestion, "Nei.", by=user),
    ):
        with pytest.raises(PermissionDenied):
            decide()


def test_only_those_who_look_after_it_suggest(facility, reader):
    with pytest.raises(PermissionDenied):
        editing_terms.suggest_term(facility, kind="method", name_nb="X", by=reader("host-member"))


def test_suggestions_have_an_end(facility, owner):
    for number in range(20):
        editing_terms.suggest_term(facility, kind="method", name_nb=f"Prøving {number}", by=owner)
    with pytest.raises(editing_terms.TooManySuggestions):
        editing_terms.suggest_term(facility, kind="method", name_nb="En til", by=owner)


class TestPages:
    def test_suggesting(self, client, facility, owner):
        client.force_login(owner)
        path = reverse("facilities:suggest-term", args=[facility.slug])
        assert client.post(path, {"kind": "rocket", "name_nb": "X"}).status_code == 422
        client.post(path, {"kind": "material", "name_nb": "Silisium <b>"})
        assert TermSuggestion.objects.get().name_nb == "Silisium <b>"
        assert "Silisium &lt;b&gt;" in client.get(path).content.decode()

    def test_deciding(self, client, suggestion, network):
        client.force_login(network)
        path = reverse("facilities:suggestions")
        assert "Slagseighetsprøving" in client.get(path).content.decode()
        data = {"suggestion": suggestion.pk, f"{suggestion.pk}-name_nb": "Slagprøving"}
        assert client.post(path, data | {"action": "refuse"}).status_code == 422
        known = data | {"action": "known", f"{suggestion.pk}-known": "finnes ikke"}
        assert client.post(path, known).status_code == 422
        client.post(path, data | {"action": "accept"})
        assert Method.objects.get().name_nb == "Slagprøving"
        client.post(path, data | {"action": "accept"})
        assert Method.objects.count() == 1

    @pytest.mark.parametrize("pk", ["", "x", "999999"])
    def test_an_unknown_suggestion_is_not_found(self, client, network, pk):
        client.force_login(network)
        data = {"suggestion": pk, "action": "accept"}
        assert client.post(reverse("facilities:suggestions"), data).status_code == 404
