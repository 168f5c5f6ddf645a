"""Words that an import brings are found at once and offered when an editor has approved them."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from wagtail.models import ModelLogEntry

from network.facilities.forms import TERM_FIELDS
from network.facilities.importing import carry_out, plan_import
from network.facilities.models import Facility, Material, Method, Standard
from network.facilities.reviewing import approve_terms, merge_terms
from network.facilities.spreadsheets import read_table, write_table
from network.facilities.terms import Vocabulary
from network.facilities.viewsets import FacilityViewSet
from search.models import SearchEntry
from tests.factories.network import FacilityFactory, MaterialFactory, MethodFactory, StandardFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
COLUMNS = ("slug", "name_nb", "summary_nb", "park", "host", "methods", "materials", "standards")


@pytest.fixture
def editor(reader):
    return reader("network")


def imported(**cells):
    row = {"name_nb": "Ny lab", "summary_nb": "Tekst.", "park": "mo-industripark", "host": "Lab AS"}
    row |= {"slug": "ny-lab", **cells}
    written = write_table("csv", COLUMNS, [[row.get(column, "") for column in COLUMNS]])
    plan = plan_import(read_table("f.csv", written))
    assert [str(error) for error in plan.errors] == []
    carry_out(plan)
    return plan


def offered(client, **query):
    facets = client.get("/api/v1/facilities", query).json()["facets"]
    return {
        name: [bucket["value"] for bucket in facets[name]]
        for name in ("method", "material", "standard")
    }


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("strekkprøvingen", {"name_nb": "Strekkprøving"}),
        ("STREKKPRØVINGER", {"name_nb": "Strekkprøving"}),
        ("Nikkellegeringar", {"name_nb": "Nikkellegering"}),
        ("hardness tests", {"name_nb": "Hardhetsmåling", "name_en": "Hardness testing"}),
        ("Fatigue-tests", {"name_nb": "Utmatting", "synonyms_en": "fatigue testing"}),
        ("kuldetester", {"name_nb": "Klimaprøving", "synonyms_nb": "kuldetest"}),
    ],
)
def test_an_inflected_name_is_the_term_that_is_known(written, term):
    known = MethodFactory(**{"name_en": "", **term})
    MethodFactory(name_nb="Noe ganske annet")
    assert Vocabulary(Method).find(written) == known


def test_a_stem_that_two_terms_share_says_nothing():
    MethodFactory(name_nb="Prøving", name_en="")
    MethodFactory(name_nb="Prøvinger", name_en="")
    assert Vocabulary(Method).find("prøvingene").pk is None


def test_codes_of_standards_are_not_inflected():
    StandardFactory(code="ISO 6892", name_nb="Tester")
    assert Vocabulary(Standard).find("ISO 689").pk is None


def test_two_forms_of_an_unknown_word_are_one_new_term(park):
    imported(materials="Månestøv;månestøvet")
    (term,) = Material.objects.all()
    assert (term.name_nb, term.approved) == ("Månestøv", False)


def test_an_unknown_word_is_found_and_filtered_by_but_not_offered(park, client, indexed):
    MethodFactory(slug="strekk", name_nb="Strekkprøving")
    imported(methods="Strekkprøving;Gnistlesing", materials="Månestøv", standards="XYZ 123")
    indexed()
    assert client.get("/api/v1/facilities", {"q": "gnistlesing"}).json()["total"] == 1
    assert client.get("/api/v1/facilities", {"method": "gnistlesing"}).json()["total"] == 1
    assert offered(client) == {"method": ["strekk"], "material": [], "standard": []}
    assert offered(client, method="gnistlesing")["method"] == ["gnistlesing", "strekk"]
    assert "Gnistlesing" in client.get("/testfasiliteter/ny-lab/").text
    cards = client.get("/testfasiliteter/").context["catalogue"].cards
    assert [str(tag) for tag in cards[0].tags] == ["Strekkprøving", "Gnistlesing"]


def test_importing_twice_changes_nothing_also_after_review(park, editor):
    cells = {"methods": "Gnistlesing;Gnistavlesing", "materials": "Månestøv"}
    imported(**cells)
    assert imported(**cells).unchanged == 1
    spark = MethodFactory(slug="oes", name_nb="Gnistspektrometri")
    merge_terms(Method.objects.exclude(pk=spark.pk), spark, user=editor)
    approve_terms(Material.objects.all(), user=editor)
    again = imported(**cells)
    assert (again.unchanged, again.new_terms) == (1, [])


def test_approving_offers_a_term_and_is_logged(park, client, indexed, editor):
    imported(methods="Gnistlesing")
    term = Method.objects.get()
    assert approve_terms([term], user=editor) == 1
    assert approve_terms([term], user=editor) == 0
    indexed()
    assert offered(client)["method"] == ["gnistlesing"]
    entry = ModelLogEntry.objects.get(action="facilities.approve_term")
    assert (entry.object_id, entry.user) == (str(term.pk), editor)


def test_merging_moves_facilities_and_names_and_leaves_no_trace(
    park, host, client, indexed, editor
):
    target = MaterialFactory(slug="stal", name_nb="Stål", name_en="Steel", synonyms_nb="jern")
    stray = MaterialFactory(
        slug="staal", name_nb="Staal", name_en="Steel", synonyms_en="mild steel", approved=False
    )
    both = FacilityFactory(slug="begge", park=park, host=host, materials=[target, stray])
    one = FacilityFactory(slug="en", park=park, host=host, materials=[stray])
    assert merge_terms([stray, target], target, user=editor) == 1
    for changed in (both, one):
        facility = Facility.objects.get(pk=changed.pk)
        assert [term.slug for term in facility.materials.all()] == ["stal"]
        assert SearchEntry.objects.get(key=f"facility:{facility.pk}").facets["material"] == ["stal"]
    target.refresh_from_db()
    assert (target.synonyms_nb, target.synonyms_en) == ("jern\nStaal", "mild steel")
    indexed()
    assert client.get("/api/v1/facilities", {"q": "mild steel"}).json()["total"] == 2
    assert not Material.objects.filter(slug="staal").exists()


def test_a_merge_that_does_not_fit_changes_nothing(editor):
    target = MethodFactory(synonyms_nb="x" * 1990)
    stray = MethodFactory(name_nb="et langt navn på noe")
    with pytest.raises(ValidationError):
        merge_terms([stray], target, user=editor)
    assert Method.objects.filter(pk=stray.pk).exists()


@pytest.mark.parametrize("role", ["member", "host", "park"])
def test_only_those_who_keep_the_vocabularies_may_review(role, reader):
    term = MethodFactory(approved=False)
    with pytest.raises(PermissionDenied):
        approve_terms([term], user=reader(role))
    with pytest.raises(PermissionDenied):
        merge_terms([term], MethodFactory(), user=reader(role))


def test_forms_offer_approved_terms_and_those_that_are_there(park, host, editor):
    approved, stray, own = (
        MethodFactory(),
        MethodFactory(approved=False),
        MethodFactory(approved=False),
    )
    facility = FacilityFactory(park=park, host=host, methods=[own])
    form_class = FacilityViewSet().edit_handler.bind_to_model(Facility).get_form_class()
    form = form_class(instance=facility, for_user=editor)
    assert set(form.fields["methods"].queryset) == {approved, own}
    assert stray not in form.fields["methods"].queryset
    assert form.fields.keys() >= TERM_FIELDS


class TestAdmin:
    """The list, and what is done from it."""

    LIST = "wagtailsnippets_facilities_method:list"

    def act(self, client, action, *terms, **data):
        address = reverse("wagtail_bulk_action", args=["facilities", "method", action])
        query = "&".join(f"id={term.pk}" for term in terms)
        back = reverse(self.LIST)
        return client.post(f"{address}?{query}&next={back}", data, follow=True)

    def test_new_words_come_first_and_can_be_singled_out(self, browse):
        MethodFactory(name_nb="Aaa kjent")
        MethodFactory(name_nb="Ååå ukjent", approved=False)
        client = browse("network")
        text = client.get(reverse(self.LIST)).text
        assert text.index("Ååå ukjent") < text.index("Aaa kjent")
        text = client.get(reverse(self.LIST), {"approved": "false"}).text
        assert "Ååå ukjent" in text
        assert "Aaa kjent" not in text

    def test_several_are_approved_at_once(self, browse):
        terms = [MethodFactory(approved=False) for _ in range(3)]
        response = self.act(browse("network"), "approve", *terms)
        assert "3 begreper er godkjent." in response.text
        assert not Method.objects.filter(approved=False).exists()

    def test_several_are_merged_into_one(self, browse):
        target, *strays = MethodFactory(), MethodFactory(name_nb="Avvik"), MethodFactory()
        response = self.act(browse("network"), "merge", *strays, into=target.pk)
        assert "2 begreper er slått sammen" in response.text
        assert "Avvik" in Method.objects.get().synonyms_nb

    def test_what_cannot_be_merged_is_said_in_the_form(self, browse):
        target, stray = MethodFactory(synonyms_nb="x" * 1999), MethodFactory()
        response = self.act(browse("network"), "merge", stray, into=target.pk)
        assert "2000" in response.text.replace("\xa0", "")
        assert Method.objects.count() == 2
        assert "into" in self.act(browse("network"), "merge", stray).context["form"].errors

    def test_others_can_do_neither(self, browse):
        term = MethodFactory(approved=False)
        self.act(browse("park"), "approve", term)
        assert not Method.objects.get().approved
