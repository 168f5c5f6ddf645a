"""What the forum shows on the page of an object: where it is discussed, and how to ask about it."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import conditional_escape as esc
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.forum.models import Reference, Thread
from network.forum.models.thread import Visibility
from network.forum.reading.addresses import here, thread_path
from ui.icons import icon_markup

SHOWN: Final = 5


def discussed_in(request: HttpRequest, key: str) -> SafeString:
    """The newest threads about an object or with links to it that the reader may read."""
    # Two index scans that are joined, where one condition with an "or" would read the table.
    linking = Reference.objects.filter(key=key, post__state=Visibility.PUBLISHED).values("thread")
    about = Thread.objects.filter(about=key).exclude(about="").values("pk")
    threads = (
        Thread.objects.visible_to(request.user)
        .filter(Q(pk__in=linking.union(about)), state=Visibility.PUBLISHED, merged_into=None)
        .order_by("-last_post_at", "-pk")
        .values_list("pk", "slug", "title", "post_count")[:SHOWN]
    )
    items = "".join(_item(*row) for row in threads)
    new = f"{reverse('forum:new')}?{urlencode({'about': key})}"
    return mark_safe(  # noqa: S308 - escaped here and below
        f'<section class="pn-beside" aria-labelledby="i-forumet"><h2 id="i-forumet">'
        f"{esc(_('In the forum'))}</h2>{f'<ul>{items}</ul>' if items else ''}"
        f'<p><a class="ds-button" data-variant="secondary" data-size="sm" href="{esc(new)}" '
        f'rel="nofollow">{icon_markup("chat")}{esc(_("Ask or tell about this"))}</a></p></section>'
    )


def _item(pk: int, slug: str, title: str, post_count: int) -> str:
    answers = max(0, post_count - 1)
    count = ngettext("%(number)s answer", "%(number)s answers", answers) % {"number": answers}
    return (
        f'<li><a class="ds-link" href="{thread_path(here(), pk, slug)}">{esc(title)}</a> '
        f"<small>{esc(count)}</small></li>"
    )
