"""What of a thread is searchable: its question, the answer that was accepted, and how it goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from accounts.roles import ADMINISTRATORS_TOKEN, AnyUser
from network.forum.models import Category, Post, Thread, ThreadKind
from network.forum.models.thread import Visibility
from network.forum.text import plain
from network.organisations.documents import choice_names
from network.parks.models import Park, Theme
from search.documents import Content, Document
from search.facets import Facet
from search.models import SearchEntry

TYPE = "thread"
# What stands further down is said in other words above, and a thread may have thousands of posts.
POSTS_READ = 40
# Characters of Markdown of one post, and of plain text of all of them.
OF_A_POST = 3_000
OF_ALL = 20_000
SUMMARY = 240


def _moved_with(category: Category) -> Iterable[Thread]:
    """All threads of a category that is read by others than before; otherwise none."""
    threads = category.threads.only("pk")
    first = threads.filter(state=Visibility.PUBLISHED, merged_into=None).first()
    if first is None:
        return []
    entry = SearchEntry.objects.filter(key=f"{TYPE}:{first.pk}").only("audience").first()
    return threads if entry is None or category.audience not in entry.audience else []


class SearchableThread(Document[Thread]):
    """Threads, found by what is asked and answered in them."""

    type = TYPE
    model = Thread
    label = _("Thread")
    plural = _("Threads")
    icon = "chat"
    color = "info"
    watched = {
        Category: _moved_with,
        Theme: lambda theme: theme.threads.only("pk"),
        Park: lambda park: park.threads.only("pk"),
    }

    def queryset(self) -> QuerySet[Thread]:
        """All threads with the first of their posts."""
        read = Q(number__lte=POSTS_READ) | Q(solves__isnull=False)
        posts = (
            Post.objects.filter(read, state=Visibility.PUBLISHED)
            .annotate(said=Left("source", OF_A_POST))
            .only("pk", "thread", "number")
            .order_by("number")
        )
        return Thread.objects.select_related("category").prefetch_related(
            "themes", "parks", "tags", Prefetch("posts", posts, to_attr="read_posts")
        )

    def content(self, instance: Thread) -> Content | None:
        """The thread as the search shows it, to whoever reads its category; only while published."""
        if not instance.is_published or instance.merged_into_id is not None:
            return None
        texts = list(_texts(instance))
        opening = texts[0] if texts else ""
        summary = Truncator(opening).chars(SUMMARY)
        text = "\n".join(texts)[:OF_ALL]
        return Content(
            slug=str(instance.pk),
            # Nobody says in which language they write, so it is found in both.
            title_nb=instance.title,
            title_en=instance.title,
            summary_nb=summary,
            summary_en=summary,
            text_nb=text,
            text_en=text,
            keywords=[tag.name for tag in instance.tags.all()],
            url_nb=url_in("nb", instance),
            url_en=url_in("en", instance),
            facets={
                "thread_kind": [instance.kind],
                "theme": [theme.slug for theme in instance.themes.all()],
                "park": [park.slug for park in instance.parks.all()],
            },
            audience=[instance.category.audience, ADMINISTRATORS_TOKEN],
            meta={
                "kind": instance.kind,
                "solved": instance.is_solved,
                "sample": instance.sample,
                "published": True,
            },
            published_at=instance.created_at,
        )

    def visible(self, user: AnyUser, pks: Iterable[int]) -> set[int]:
        """Those that ``user`` may see."""
        found = Thread.objects.visible_to(user).filter(pk__in=list(pks))
        return set(found.values_list("pk", flat=True))


def url_in(language: str, thread: Thread) -> str:
    """Path of a thread in a language."""
    return f"{_forum_path(language)}t/{thread.pk}/{thread.slug or '-'}/"


@cache
def _forum_path(language: str) -> str:
    with override(language):
        return reverse("forum:overview")


def _texts(thread: Thread) -> Iterator[str]:
    """The opening post, the accepted answer, the other posts; plain, and no more than is kept."""
    posts: list[Post] = getattr(thread, "read_posts", [])
    first = [post for post in posts if post.number == 1]
    accepted = [post for post in posts if post.pk == thread.accepted_id and post.number > 1]
    rest = [post for post in posts if post not in first and post not in accepted]
    length = 0
    for post in (*first, *accepted, *rest):
        text = plain(post.said)  # type: ignore[attr-defined]  # annotated above
        yield text
        length += len(text)
        if length >= OF_ALL:
            return


FACETS = (
    Facet(
        "thread_kind", pgettext_lazy("facet", "Kind of thread"), lambda: choice_names(ThreadKind)
    ),
)
