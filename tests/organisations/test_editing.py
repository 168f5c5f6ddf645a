"""Editing a profile on the site: what is written, who may, and two who edit at once."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import ModelLogEntry, Revision

from network.merging import ChangedMeanwhile, changes, read_stamps, stamp, stamps_of
from network.organisations import services
from network.organisations.editing_forms import ProfileForm
from network.organisations.models import Organisation
from search.models import SearchEntry
from tests.factories.accounts import administrator_of, member_of, staff_of
from tests.factories.network import OrganisationFactory, ParkFactory, ThemeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def organisation():
    return OrganisationFactory(slug="verket", name="Verket", summary_nb="Smelter.")


def posted(organisation, **written):
    """What a browser sends back of the form as it is now, with some of it written anew."""
    form = ProfileForm(instance=organisation)
    data = {name: form[name].value() for name in form.fields}
    data["themes"] = [theme.pk for theme in organisation.themes.all()]
    return {name: "" if value is None else value for name, value in data.items()} | written


def edit_url(organisation):
    return reverse("organisations:edit", args=[organisation.slug])


@pytest.fixture
def post(client, organisation):
    client.force_login(administrator_of(organisation))
    return lambda data: client.post(edit_url(organisation), data)


def test_what_is_written_is_stored_logged_kept_and_searchable(post, organisation):
    theme = ThemeFactory()
    response = post(
        posted(
            organisation,
            name="Nye Verket",
            summary_en="Smelts.",
            themes=[theme.pk],
            lat="66,31",
            lon="14,14",
            number="974 760 673",
        )
    )
    assert response.status_code == 302
    stored = Organisation.objects.get()
    assert (stored.name, stored.lat, stored.number) == ("Nye Verket", 66.31, "974760673")
    assert list(stored.themes.all()) == [theme]
    logged = ModelLogEntry.objects.get(object_id=str(stored.pk), action="wagtail.edit")
    assert logged.revision == Revision.objects.latest("pk")
    assert SearchEntry.objects.get(key=f"organisation:{stored.pk}").title_nb == "Nye Verket"


def test_nothing_new_writes_nothing(post, organisation):
    data = posted(organisation)
    assert post(data).status_code == 302
    assert not ModelLogEntry.objects.filter(action="wagtail.edit").exists()


def test_a_double_click_writes_once(post, organisation):
    data = posted(organisation, name="Nye Verket")
    post(data)
    post(data)
    assert ModelLogEntry.objects.filter(action="wagtail.edit").count() == 1


class TestTwoAtOnce:
    def test_different_fields_are_both_kept(self, post, organisation):
        mine = posted(organisation, summary_nb="Smelter aluminium.")
        post(posted(organisation, municipality="Rana"))
        assert post(mine).status_code == 302
        stored = Organisation.objects.get()
        assert (stored.summary_nb, stored.municipality) == ("Smelter aluminium.", "Rana")

    def test_the_same_field_shows_both_and_a_second_save_decides(self, post, organisation):
        mine = posted(organisation, summary_nb="Mitt.", municipality="Rana")
        post(posted(organisation, summary_nb="Deres.", web="https://example.org/"))
        response = post(mine)
        page = response.content.decode()
        assert response.status_code == 422
        assert "Mitt." in page
        assert "«Deres.»" in page
        assert Organisation.objects.get().summary_nb == "Deres."
        form = response.context["form"]
        post(mine | {"seen": form["seen"].value()})
        stored = Organisation.objects.get()
        assert (stored.summary_nb, stored.municipality) == ("Mitt.", "Rana")
        # What the other wrote elsewhere meanwhile is still there.
        assert stored.web == "https://example.org/"

    def test_the_same_change_is_no_conflict(self, post, organisation):
        mine = posted(organisation, summary_nb="Likt.")
        post(posted(organisation, summary_nb="Likt."))
        assert post(mine).status_code == 302

    def test_a_form_without_its_stamps_overwrites_nothing(self, post, organisation):
        for seen in ("", "{}", "[1]", "x", '{"name": 3}'):
            response = post(posted(organisation, summary_nb="Annet.", seen=seen))
            assert response.status_code == 422
        assert Organisation.objects.get().summary_nb == "Smelter."


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 201),
        ("summary_nb", "x" * 1001),
        ("number", "974760674"),
        ("industry_code", "metall"),
        ("lat", "97"),
        ("lat", "nord"),
        ("web", "javascript:alert(1)"),
        ("contact_email", "ikke en adresse"),
        ("kind", "rakett"),
    ],
)
def test_errors_stand_at_the_field(post, organisation, field, value):
    response = post(posted(organisation, **{field: value}))
    assert response.status_code == 422
    assert response.context["form"].errors.keys() >= {field}
    assert Organisation.objects.get().name == "Verket"


def test_what_spans_fields_is_checked_too(post, organisation):
    response = post(posted(organisation, industry_code="24.100"))
    assert "industry_code_version" in response.context["form"].errors
    response = post(posted(organisation, lat="66"))
    assert "lon" in response.context["form"].errors


def test_a_number_that_another_has_is_refused(post, organisation):
    OrganisationFactory(number="974760673")
    assert post(posted(organisation, number="974760673")).status_code == 422


def test_hostile_text_is_text(post, client, organisation):
    post(posted(organisation, summary_nb="<script>alert(1)</script>"))
    for path in (edit_url(organisation), organisation.get_absolute_url()):
        assert "<script>alert(1)" not in client.get(path).content.decode()


def test_only_those_who_look_after_it_edit(client, organisation):
    park = ParkFactory()
    for stranger in (
        member_of(organisation),
        administrator_of(OrganisationFactory()),
        staff_of(park),
    ):
        client.force_login(stranger)
        assert client.get(edit_url(organisation)).status_code == 404
        with pytest.raises(PermissionDenied):
            services.update_organisation(organisation, {"name": "X"}, seen={}, by=stranger)
    organisation.parks = [park]
    organisation.save()
    client.force_login(staff_of(park))
    assert client.get(edit_url(organisation)).status_code == 200


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/organisasjoner/verket/administrer/profil/", "Rediger profilen"),
        ("/en/organisations/verket/manage/profile/", "Edit the profile"),
    ],
)
def test_the_page_is_in_both_languages(client, organisation, path, words):
    client.force_login(administrator_of(organisation))
    assert words in client.get(path).content.decode()


class TestStamps:
    def test_tell_values_apart(self):
        theme = ThemeFactory()
        values = ["", "a", "b", 1, 1.5, ["a"], [theme], []]
        assert len({stamp(value) for value in values}) == len(values)

    def test_see_no_difference_where_there_is_none(self):
        first, second = ThemeFactory(), ThemeFactory()
        assert stamp([first, second]) == stamp([second, first])
        assert stamp("a\r\nb ") == stamp("a\nb")
        assert stamp(None) == stamp("")

    def test_come_back_as_they_went(self):
        values = {"name": "Verket", "themes": []}
        assert read_stamps(stamps_of(values)) == {key: stamp(v) for key, v in values.items()}
        assert read_stamps("x" * 100_000) == {}

    def test_decide_what_is_written(self):
        seen = {"a": stamp("1"), "b": stamp("1")}
        assert changes({"a": "2", "b": "1"}, {"a": "1", "b": "3"}, seen) == {"a": "2"}
        with pytest.raises(ChangedMeanwhile) as told:
            changes({"a": "2", "b": "2"}, {"a": "1", "b": "3"}, seen)
        assert told.value.theirs == {"b": "3"}
