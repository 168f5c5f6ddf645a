"""From a solved question to a draft of a best-practice article."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import User
from network.forum.kinds.permissions import can_make_article
from network.forum.models import Post, Thread, ThreadArticle
from network.organisations.models import Organisation
from network.transitions import NotPossibleError
from pages.practice.services import NoIndex, draft_from
from search.projection import recording


def credited(thread: Thread) -> list[User]:
    """Who is credited: whoever asked, and whoever wrote the accepted answer."""
    answered = thread.accepted.author if thread.accepted else None
    people = [person for person in (answered, thread.author) if person is not None]
    return list(dict.fromkeys(person for person in people if person.is_active))


def make_article(thread: Thread, *, by: User) -> ThreadArticle:
    """Make a draft of the question and its answer, once; it is the same one for who comes second.

    The question becomes the situation, the answer what was done. Raises PermissionDenied for who
    may not, NotPossibleError where there is no list of articles to write it below.
    """
    if not can_make_article(by, thread):
        raise PermissionDenied
    question = Post.objects.filter(thread=thread, number=1).first()
    authors = credited(thread)
    try:
        with recording():
            made, is_new = ThreadArticle.objects.get_or_create(thread=thread, defaults={"by": by})
            if is_new or made.page_id is None:
                made.page = draft_from(
                    title=thread.title,
                    situation=question.source if question else "",
                    done=thread.accepted.source if thread.accepted else "",
                    authors=authors,
                    parks=list(thread.parks.all()),
                    themes=list(thread.themes.all()),
                    organisations=_organisations(authors),
                    source_key=f"thread:{thread.pk}",
                    by=by,
                )
                made.save(update_fields=["page"])
    except NoIndex as error:
        raise NotPossibleError(
            _("There is no list of best practice to write it below yet.")
        ) from error
    return made


def _organisations(authors: Sequence[User]) -> list[Organisation]:
    found = Organisation.objects.public().filter(memberships__user__in=authors)
    return list(found.distinct().order_by("name")[:10])
