"""A policy matter from the first word to the outcome, and who sees what of it on the way."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from activity.models import Event
from network.forum.kinds.services.matters import (
    add_document,
    digest,
    remove_document,
    take_further,
    take_stand,
    write_position,
)
from network.forum.models import (
    ParkStand,
    PolicyDocument,
    PolicyMatter,
    PolicyStep,
    Thread,
    ThreadKind,
)
from network.transitions import NotPossibleError
from search.models import SearchEntry
from tests.factories.accounts import UserFactory, member_of, network_administrator, staff_of
from tests.factories.forum import CategoryFactory, category_of_group, join, thread
from tests.factories.network import OrganisationFactory, ParkFactory

pytestmark = pytest.mark.django_db

ORDER = ("raised", "discussed", "agreed", "submitted", "concluded")
WAY = ("discuss", "agree", "submit", "conclude")
POSITION = "Nettleien må *følge* forbruket."
OUTCOME = {"outcome_nb": "Regelen er endret.", "outcome_en": "The rule was changed."}


@pytest.fixture
def park():
    return ParkFactory(name_nb="Herøya industripark")


@pytest.fixture
def staff(park):
    return staff_of(park)


def matter_at(stage, staff, category=None, **values):
    """A matter that has come so far."""
    category = category or CategoryFactory(access="members")
    new = {"title": "Nettleie", "policy": {"addressee": "Departementet"}, **values}
    found = thread(category, by=staff, kind=ThreadKind.POLICY, **new).policy
    for step in WAY[: ORDER.index(stage)]:
        if step == "agree":
            found.position_nb, found.position_en = POSITION, "Tariffs must follow consumption."
            found.save()
        take_further(found, step, by=staff, note="Vedtatt i møte.", **OUTCOME)
    return PolicyMatter.objects.get(pk=found.pk)


def fresh(person):
    return type(person).objects.get(pk=person.pk)


def test_staff_take_it_from_stage_to_stage_and_each_step_is_logged(staff):
    found = matter_at("concluded", staff)
    assert found.stage == "concluded"
    assert found.outcome_nb == OUTCOME["outcome_nb"]
    assert (found.submitted_on is None, found.concluded_on is None) == (False, False)
    steps = PolicyStep.objects.filter(matter=found)
    assert [step.stage for step in steps] == list(ORDER[1:])
    assert {(step.by, step.note) for step in steps} == {(staff, "Vedtatt i møte.")}
    told = Event.objects.filter(kind="forum.stage", thing=f"thread:{found.pk}")
    assert [event.data["stage"] for event in told.order_by("pk")] == list(ORDER[1:])


def test_the_position_is_opened_again_before_it_is_submitted(staff):
    found = matter_at("agreed", staff)
    take_further(found, "reconsider", by=staff)
    assert found.stage == "discussed"


@pytest.mark.parametrize("stage", ORDER)
def test_no_stage_is_jumped_over(stage, staff):
    allowed = {
        "raised": {"discuss"}, "discussed": {"agree"}, "agreed": {"submit", "reconsider"},
        "submitted": {"conclude"}, "concluded": set(),
    }[stage]  # fmt: skip
    found = matter_at(stage, staff)
    PolicyMatter.objects.filter(pk=found.pk).update(position_nb=POSITION)
    for step in {*WAY, "reconsider"} - allowed:
        with pytest.raises(NotPossibleError):
            take_further(PolicyMatter.objects.get(pk=found.pk), step, by=staff, **OUTCOME)
    assert PolicyMatter.objects.get(pk=found.pk).stage == stage


def test_nothing_is_agreed_without_a_position_nor_submitted_to_nobody(staff):
    found = matter_at("discussed", staff)
    with pytest.raises(NotPossibleError):
        take_further(found, "agree", by=staff)
    agreed = matter_at("agreed", staff)
    PolicyMatter.objects.filter(pk=agreed.pk).update(addressee="")
    with pytest.raises(NotPossibleError):
        take_further(PolicyMatter.objects.get(pk=agreed.pk), "submit", by=staff)
    submitted = matter_at("submitted", staff)
    with pytest.raises(NotPossibleError):
        take_further(submitted, "conclude", by=staff, outcome_nb=" ")


def test_of_two_at_once_the_second_is_told_and_one_step_is_logged(staff):
    found = matter_at("raised", staff)
    same = PolicyMatter.objects.get(pk=found.pk)
    take_further(found, "discuss", by=staff)
    with pytest.raises(NotPossibleError):
        take_further(same, "discuss", by=staff)
    assert PolicyStep.objects.filter(matter=found).count() == 1


def test_only_staff_and_administrators_who_read_it_take_it_further(staff):
    found = matter_at("raised", staff)
    for person in (UserFactory(), member_of(OrganisationFactory())):
        with pytest.raises(PermissionDenied):
            take_further(found, "discuss", by=person)
    category = category_of_group()
    insider = fresh(join(category.group, staff_of(ParkFactory())))
    closed = matter_at("raised", insider, category)
    with pytest.raises(PermissionDenied):
        take_further(closed, "discuss", by=staff)
    take_further(closed, "discuss", by=network_administrator())
    assert closed.stage == "discussed"


class TestThePosition:
    def write(self, found, values, by):
        return write_position(found, values, by=by, seen=digest(found))

    def test_it_is_written_while_the_parks_talk(self, staff):
        found = matter_at("discussed", staff)
        saved = self.write(found, {"position_nb": POSITION, "title_en": "Tariffs"}, staff)
        assert "<em>følge</em>" in saved.position_html_nb
        assert saved.title_en == "Tariffs"

    def test_what_is_agreed_stays_but_for_its_english(self, staff):
        found = matter_at("agreed", staff)
        with pytest.raises(NotPossibleError):
            self.write(found, {"position_nb": "Noe annet."}, staff)
        saved = self.write(found, {"position_en": "Better English."}, staff)
        assert (saved.position_nb, saved.position_en) == (POSITION, "Better English.")

    def test_nobody_writes_over_what_somebody_else_wrote_meanwhile(self, staff):
        found = matter_at("discussed", staff)
        seen = digest(found)
        self.write(found, {"position_nb": POSITION}, staff)
        with pytest.raises(NotPossibleError):
            write_position(found, {"position_nb": "Min versjon."}, by=staff, seen=seen)
        assert PolicyMatter.objects.get(pk=found.pk).position_nb == POSITION

    def test_others_do_not_write_it(self, staff):
        with pytest.raises(PermissionDenied):
            self.write(matter_at("discussed", staff), {"position_nb": "Hei"}, UserFactory())

    def test_the_form_keeps_what_was_typed_when_somebody_was_first(self, staff, client):
        found = matter_at("discussed", staff)
        client.force_login(staff)
        address = reverse("forum:matter-position", args=[found.pk])
        sent = {"addressee": "Tinget", "position_nb": "Min versjon.", "seen": digest(found)}
        self.write(found, {"position_nb": POSITION}, staff)
        response = client.post(address, sent)
        assert response.status_code == 422
        page = response.content.decode()
        assert "Min versjon." in page
        assert "<em>følge</em>" in page
        sent["seen"] = digest(PolicyMatter.objects.get(pk=found.pk))
        assert sent["seen"] in page
        assert client.post(address, sent).status_code == 302
        assert PolicyMatter.objects.get(pk=found.pk).position_nb == "Min versjon."


class TestStands:
    def test_a_parks_staff_say_where_it_stands_and_change_it(self, staff, park):
        found = matter_at("discussed", staff)
        take_stand(found, park, "supports", "Fordi.", by=staff)
        take_stand(found, park, "partly", "Likevel ikke helt.", by=staff)
        stand = ParkStand.objects.get(matter=found)
        assert (stand.stance, stand.comment, stand.by) == ("partly", "Likevel ikke helt.", staff)

    def test_nobody_speaks_for_another_park(self, staff, park):
        found = matter_at("discussed", staff)
        for person in (staff_of(ParkFactory()), network_administrator(), UserFactory()):
            with pytest.raises(PermissionDenied):
                take_stand(found, park, "opposes", "", by=person)

    def test_when_the_outcome_is_known_the_stands_stay(self, staff, park):
        with pytest.raises(NotPossibleError):
            take_stand(matter_at("concluded", staff), park, "opposes", "", by=staff)

    def test_the_form_offers_ones_own_parks_alone(self, staff, park, client):
        other = ParkFactory()
        found = matter_at("discussed", staff)
        client.force_login(staff)
        address = reverse("forum:matter-stand", args=[found.pk])
        assert other.name not in client.get(address).content.decode()
        sent = {"park": other.pk, "stance": "supports", "comment": "Vi også"}
        response = client.post(address, sent)
        assert response.status_code == 422
        assert "Vi også" in response.content.decode()
        assert client.post(address, {**sent, "park": park.pk}).status_code == 302
        assert "Vi også" in client.get(address).content.decode()
        assert "Herøya" in client.get(found.get_absolute_url()).content.decode()


def letter(name="brev.pdf", content=b"%PDF-1.4 brev"):
    return SimpleUploadedFile(name, content)


class TestDocuments:
    def test_they_are_for_readers_of_the_thread_until_it_is_submitted(self, staff, client):
        found = matter_at("agreed", staff)
        document = add_document(found, letter(), "Brev til departementet", by=staff)
        address = reverse("forum:matter-file", args=[document.pk])
        assert client.get(address).status_code == 404
        client.force_login(UserFactory())
        response = client.get(address)
        assert b"".join(response.streaming_content) == b"%PDF-1.4 brev"
        assert 'filename="Brev til departementet.pdf"' in response["Content-Disposition"]
        assert response["X-Content-Type-Options"] == "nosniff"
        client.logout()
        take_further(found, "submit", by=staff)
        assert b"".join(client.get(address).streaming_content) == b"%PDF-1.4 brev"

    def test_what_is_public_is_taken_away_by_administrators_alone(self, staff):
        found = matter_at("agreed", staff)
        document, other = (add_document(found, letter(), "Brev", by=staff) for _time in range(2))
        with pytest.raises(PermissionDenied):
            remove_document(document, by=UserFactory())
        remove_document(other, by=staff)
        take_further(found, "submit", by=staff)
        document = PolicyDocument.objects.get()
        with pytest.raises(PermissionDenied):
            remove_document(document, by=staff)
        storage, name = document.file.storage, document.file.name
        remove_document(document, by=network_administrator())
        assert not PolicyDocument.objects.exists()
        assert not storage.exists(name)

    def test_others_add_none(self, staff):
        with pytest.raises(PermissionDenied):
            add_document(matter_at("agreed", staff), letter(), "", by=UserFactory())

    def test_a_file_of_another_kind_or_too_large_is_explained(self, staff, client, settings):
        settings.MAX_UPLOAD_BYTES = 100
        found = matter_at("raised", staff)
        client.force_login(staff)
        address = reverse("forum:matter-document", args=[found.pk])
        for file in (letter("virus.exe"), letter("stor.pdf", b"x" * 101), letter("tom.pdf", b"")):
            response = client.post(address, {"file": file, "name": "Mitt brev"})
            assert response.status_code == 422, file.name
            assert "Mitt brev" in response.content.decode()
        assert client.post(address, {"file": letter(), "name": ""}).status_code == 302
        assert PolicyDocument.objects.get().name == "brev.pdf"


class TestThePage:
    def test_it_is_public_once_it_is_submitted_whatever_the_category(self, park, client):
        category = category_of_group("hidden", name_nb="Hemmelig gruppe")
        insider = fresh(join(category.group, staff_of(park)))
        found = matter_at("agreed", insider, category)
        take_stand(found, park, "supports", "Vi merker det.", by=insider)
        address = found.get_absolute_url()
        assert client.get(address).status_code == 404
        take_further(found, "submit", by=insider, note="Internt notat.")
        page = client.get(address).content.decode()
        assert "<em>følge</em>" in page
        assert "Vi merker det." in page
        for hidden in ("Hemmelig", "Internt notat", found.thread.get_absolute_url()):
            assert hidden not in page
        client.force_login(insider)
        assert "Internt notat." in client.get(address).content.decode()

    def test_what_a_moderator_has_hidden_is_not_public_any_more(self, staff, client):
        found = matter_at("submitted", staff)
        thing = Thread.objects.get(pk=found.pk)
        thing.state = "hidden"
        thing.save()
        assert client.get(found.get_absolute_url()).status_code == 404
        assert not SearchEntry.objects.filter(key=f"matter:{found.pk}").exists()

    def test_it_reads_in_both_languages_and_falls_back(self, staff, client):
        found = matter_at("submitted", staff)
        assert "Trinn 4 av 5: sendt inn" in client.get(found.get_absolute_url()).content.decode()
        with override("en"):
            page = client.get(found.get_absolute_url()).content.decode()
        assert "Stage 4 of 5: submitted" in page
        assert "Tariffs must follow" in page
        assert '<h1 lang="nb">Nettleie' in page

    def test_an_old_address_leads_to_the_present_one(self, staff, client):
        found = matter_at("submitted", staff)
        response = client.get(reverse("forum:matter", args=[found.pk, "noe-annet"]))
        assert response["Location"] == found.get_absolute_url()

    def test_the_list_shows_visitors_what_is_submitted(self, staff, client):
        matter_at("submitted", staff, title="Sendt sak")
        matter_at("agreed", staff, title="Sak under arbeid")
        page = client.get(reverse("forum:matters")).content.decode()
        assert "Sendt sak" in page
        assert "Sak under arbeid" not in page
        client.force_login(UserFactory())
        assert "Sak under arbeid" in client.get(reverse("forum:matters")).content.decode()

    def test_an_empty_list_says_what_will_come(self, client):
        assert "Ingenting er sendt inn" in client.get(reverse("forum:matters")).content.decode()

    def test_it_costs_the_same_with_many_stands_and_documents(
        self, staff, client, django_assert_max_num_queries
    ):
        found = matter_at("concluded", staff)
        for _number in range(8):
            ParkStand.objects.create(matter=found, park=ParkFactory(), stance="supports")
            PolicyDocument.objects.create(matter=found, name="Brev", file="x.pdf", size=1)
        with django_assert_max_num_queries(8):
            client.get(found.get_absolute_url())

    def test_the_list_costs_the_same_for_one_and_for_a_page_full(
        self, staff, client, django_assert_max_num_queries
    ):
        for number in range(10):
            matter_at("submitted", staff, title=f"Sak {number}")
        client.get(reverse("forum:matters"))
        with django_assert_max_num_queries(6):
            client.get(reverse("forum:matters"))


class TestSteps:
    def test_staff_take_it_further_by_a_form(self, staff, client):
        found = matter_at("submitted", staff)
        client.force_login(staff)
        address = reverse("forum:matter-step", args=[found.pk, "conclude"])
        assert address in client.get(found.get_absolute_url()).content.decode()
        sent = {"outcome_nb": "", "note": "Endelig.", "concluded_on": "2999-01-01"}
        response = client.post(address, sent)
        assert response.status_code == 422
        assert "Endelig." in response.content.decode()
        sent |= {"outcome_nb": "Vedtatt.", "concluded_on": ""}
        assert client.post(address, sent).status_code == 302
        assert "Vedtatt." in client.get(found.get_absolute_url()).content.decode()

    def test_a_step_that_is_taken_already_says_so(self, staff, client):
        found = matter_at("discussed", staff)
        client.force_login(staff)
        address = reverse("forum:matter-step", args=[found.pk, "discuss"])
        page = client.post(address, {"note": ""}, follow=True).content.decode()
        assert "Dette er endret i mellomtiden" in page
        assert PolicyStep.objects.filter(matter=found).count() == 1

    @pytest.mark.parametrize("stage", ORDER)
    def test_nobody_else_finds_the_forms(self, stage, staff, client):
        found = matter_at(stage, staff)
        addresses = [
            reverse("forum:matter-position", args=[found.pk]),
            reverse("forum:matter-stand", args=[found.pk]),
            reverse("forum:matter-document", args=[found.pk]),
            *(reverse("forum:matter-step", args=[found.pk, step]) for step in WAY),
        ]
        client.force_login(UserFactory())
        for address in addresses:
            assert client.get(address).status_code == 404
            assert client.post(address).status_code == 404
        assert PolicyMatter.objects.get(pk=found.pk).stage == stage

    def test_there_is_no_other_step(self, staff, client):
        found = matter_at("raised", staff)
        client.force_login(staff)
        address = reverse("forum:matter-step", args=[found.pk, "burn"])
        assert client.post(address).status_code == 404


def test_the_search_finds_it_once_it_is_submitted(staff, park):
    found = matter_at("agreed", staff)
    entries = SearchEntry.objects.filter(key=f"matter:{found.pk}")
    assert not entries.exists()
    take_further(found, "submit", by=staff)
    entry = entries.get()
    assert entry.audience == ["public"]
    assert "Nettleien" in entry.summary_nb
    assert entry.url_en.startswith("/en/forum/matters/")
    take_stand(found, park, "supports", "Strømprisen avgjør.", by=staff)
    assert "Strømprisen" in entries.get().text_nb


def test_the_sitemap_has_what_is_submitted_in_both_languages(staff, client):
    found = matter_at("submitted", staff)
    hidden = matter_at("agreed", staff)
    sitemap = client.get("/sitemap-matters.xml").content.decode()
    assert f"/forum/saker/{found.pk}-nettleie/" in sitemap
    assert f"/en/forum/matters/{found.pk}-nettleie/" in sitemap
    assert f"/{hidden.pk}-" not in sitemap
