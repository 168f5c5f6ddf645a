"""Nothing of a hidden group's questions, needs and matters gets out, and pages stay cheap."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from network.forum.kinds.routing import send_on
from network.forum.kinds.services.matters import add_document, take_further, take_stand
from network.forum.kinds.services.questions import accept
from network.forum.models import ThreadKind
from search.finding import find
from search.query import SearchRequest
from tests.factories.accounts import UserFactory, staff_of
from tests.factories.forum import category_of_group, join, post, thread
from tests.factories.network import ParkFactory

pytestmark = pytest.mark.django_db

TOKEN = "Kvitrevegkanari"
ROLES = ("visitor", "member", "staff of another park")


@pytest.fixture
def hidden():
    """A question, a need and a matter in a hidden group, with the token in every text."""
    park = ParkFactory()
    category = category_of_group("hidden", name_nb=f"{TOKEN} gruppe")
    person = join(category.group, staff_of(park))
    person = type(person).objects.get(pk=person.pk)
    new = {"by": person, "title": f"{TOKEN} tittel", "text": f"{TOKEN} tekst"}
    question = thread(category, kind=ThreadKind.QUESTION, **new)
    accept(post(question, by=person, text=f"{TOKEN} svar"), by=person)
    about = {"direction": "have", "place": f"{TOKEN} sted", "deadline": timezone.localdate()}
    need = thread(category, kind=ThreadKind.NEED, need=about, **new)
    policy = {"addressee": f"{TOKEN} mottaker"}
    matter = thread(category, kind=ThreadKind.POLICY, policy=policy, **new).policy
    matter.position_nb, matter.title_en = f"{TOKEN} posisjon", f"{TOKEN} title"
    matter.save()
    for step in ("discuss", "agree"):
        take_further(matter, step, by=person, note=f"{TOKEN} notat")
    take_stand(matter, park, "supports", f"{TOKEN} kommentar", by=person)
    file = SimpleUploadedFile("brev.pdf", b"%PDF-1.4")
    add_document(matter, file, f"{TOKEN} brev", by=person)
    return {"question": question, "need": need, "matter": matter, "park": park}


def reader(role):
    people = {"visitor": AnonymousUser, "member": UserFactory}
    return people[role]() if role in people else staff_of(ParkFactory())


def addresses(hidden):
    matter, need, question = hidden["matter"], hidden["need"], hidden["question"]
    document = matter.documents.get()
    return [
        reverse("forum:overview"),
        reverse("forum:list"),
        reverse("forum:needs"),
        reverse("forum:needs") + f"?place={TOKEN}",
        reverse("forum:matters"),
        reverse("forum:unanswered"),
        reverse("forum:article-drafts"),
        reverse("forum:matter", args=[matter.pk, matter.thread.slug]),
        reverse("forum:matter", args=[matter.pk, "-"]),
        reverse("forum:matter-file", args=[document.pk]),
        reverse("forum:matter-position", args=[matter.pk]),
        reverse("forum:matter-step", args=[matter.pk, "submit"]),
        reverse("forum:need-matches", args=[need.pk]),
        reverse("forum:need-edit", args=[need.pk]),
        reverse("forum:article", args=[question.pk]),
        "/sitemap-matters.xml",
        f"/api/v1/search?q={TOKEN}",
    ]


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("role", ROLES)
def test_no_page_tells_others_anything(hidden, indexed, client, role, language):
    indexed()
    person = reader(role)
    if role != "visitor":
        client.force_login(person)
    with override(language):
        for address in addresses(hidden):
            answer = client.get(address)
            # What was asked for stands in the field where it was typed.
            said = (
                answer.content.decode()
                .replace(f'value="{TOKEN}"', "")
                .replace(f"place={TOKEN}", "")
            )
            assert TOKEN not in said, address
            assert TOKEN not in str(answer.headers), address


def test_those_of_the_group_see_it_on_the_same_pages(hidden, client):
    person = hidden["matter"].thread.author
    client.force_login(type(person).objects.get(pk=person.pk))
    told = [each for each in addresses(hidden) if TOKEN in shown(client.get(each))]
    # Of the others, one is a file, one is for staff of the network, two are for everybody.
    assert len(told) >= 9


def shown(answer):
    said = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return said.decode()


@pytest.mark.parametrize("role", ROLES)
def test_the_search_finds_nothing_of_it(hidden, indexed, role):
    indexed()
    person = reader(role)
    tokens = frozenset({"public"} if role == "visitor" else {"public", "member"})
    found = find(SearchRequest(text=TOKEN, audience=tokens), person)
    assert (found.total, list(found.items)) == (0, [])


@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_there_is_answered_as_what_is_hidden(hidden, client, role):
    if role != "visitor":
        client.force_login(reader(role))
    matter = hidden["matter"]
    for name, more in (("matter", ["-"]), ("matter-position", []), ("matter-step", ["submit"])):
        there = client.get(reverse(f"forum:{name}", args=[matter.pk, *more]))
        missing = client.get(reverse(f"forum:{name}", args=[987654, *more]))
        assert there.status_code == missing.status_code


def test_nobody_outside_is_sent_its_questions(hidden):
    outside = UserFactory(competences=TOKEN)
    send_on(timezone.now())
    assert not outside.notifications.exists()


@pytest.mark.parametrize("kind", ["question", "need", "policy"])
def test_a_threads_page_stays_within_its_queries_whatever_the_kind(
    client, django_assert_max_num_queries, kind
):
    staff = staff_of(ParkFactory())
    need = {"direction": "need", "place": "", "deadline": None}
    thing = thread(kind=kind, by=staff, need=need if kind == "need" else {})
    answers = [post(thing) for _number in range(15)]
    if kind == "question":
        accept(answers[3], by=staff)
    client.force_login(type(staff).objects.get(pk=staff.pk))
    client.get(thing.get_absolute_url())
    with django_assert_max_num_queries(13):
        client.get(thing.get_absolute_url())
