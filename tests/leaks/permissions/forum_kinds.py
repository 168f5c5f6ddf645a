"""Questions, needs and policy matters: who asked and moderators settle them, staff steer matters."""

from django.core.files.uploadedfile import SimpleUploadedFile

from network.forum.kinds.services.matters import add_document, take_further
from network.forum.kinds.services.questions import accept
from network.forum.models import Access, PolicyMatter, ThreadKind
from tests.factories.accounts import network_administrator
from tests.factories.forum import CategoryFactory, post, thread
from tests.leaks.permission_table import (
    INCOMPLETE,
    MOVED,
    NETWORK,
    NOT_ALLOWED,
    OK,
    OUTSIDER,
    PARK,
    Rule,
    for_roles,
)

# Where all parks meet, the staff of any of them keeps order.
STAFF = (PARK, OUTSIDER, NETWORK)
QUESTION, NEED, MATTER = ("solved question",), ("need",), ("matter",)


def page(arguments, roles=STAFF, then=INCOMPLETE):
    """A page with a form."""
    return Rule(for_roles(*roles), post=for_roles(*roles, then=then), arguments=arguments)


def act(arguments, roles=STAFF, **more):
    """What is done with one press."""
    return Rule(NOT_ALLOWED, post=for_roles(*roles, then=MOVED), arguments=arguments, **more)


ADDRESSES = {
    "forum:accept": act(("answer",)),
    "forum:unaccept": act(QUESTION),
    "forum:article": page(QUESTION, then=MOVED),
    "forum:unanswered": Rule(for_roles(*STAFF)),
    "forum:article-drafts": Rule(for_roles(*STAFF)),
    "forum:needs": Rule(OK),
    "forum:need-matches": Rule(OK, arguments=NEED),
    "forum:need-step": act(NEED, sends={"step": "meet"}),
    "forum:need-edit": page(NEED),
    "forum:matters": Rule(OK),
    "forum:matter": Rule(OK, arguments=("matter", "matter slug")),
    "forum:matter-position": page(MATTER),
    # Only whoever works for a park says where it stands.
    "forum:matter-stand": page(MATTER, roles=(PARK, OUTSIDER)),
    "forum:matter-document": page(MATTER),
    "forum:matter-step": page(("matter", "step of a matter")),
    "forum:matter-file": Rule(OK, arguments=("document of a matter",)),
    # What is public only the network takes away.
    "forum:matter-document-remove": act(("document of a matter",), roles=(NETWORK,)),
}


def arguments(world):
    """A solved question, a need, and a matter that is submitted, of nobody who has a role."""
    category = CategoryFactory(slug="moteplass", name_nb="Møteplass", access=Access.OPEN)
    person = network_administrator()
    question = thread(category, by=person, kind=ThreadKind.QUESTION)
    answer, accepted = post(question), post(question)
    accept(accepted, by=person)
    need = {"direction": "need", "place": "", "deadline": None}
    wanted = thread(category, by=person, kind=ThreadKind.NEED, need=need)
    matter = _submitted(category, person)
    return {
        "solved question": question.pk,
        "answer": answer.pk,
        "need": wanted.pk,
        "matter": matter.pk,
        "matter slug": matter.thread.slug,
        "step of a matter": "conclude",
        "document of a matter": matter.documents.get().pk,
    }


def _submitted(category, person) -> PolicyMatter:
    policy = {"addressee": "Departementet"}
    matter = thread(category, by=person, kind=ThreadKind.POLICY, policy=policy).policy
    matter.position_nb = "Reglene må endres."
    matter.save()
    add_document(matter, SimpleUploadedFile("brev.pdf", b"%PDF-1.4"), "Brev", by=person)
    for step in ("discuss", "agree", "submit"):
        take_further(matter, step, by=person)
    return matter
