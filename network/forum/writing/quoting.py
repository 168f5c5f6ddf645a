"""A post's words at the beginning of an answer to it."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import User
from network.forum.models import Post, Thread

DIGITS: Final = 18
# A quotation reminds of what was said; the whole of it is where it was written.
LONGEST: Final = 2000


def quotation(request: HttpRequest, user: User, thread: Thread) -> dict[str, Any]:
    """What the form begins with for ``?quote=`` or ``?to=``, a post of the thread that is visible."""
    asked = request.GET.get("quote") or request.GET.get("to") or ""
    if not (asked.isascii() and asked.isdecimal()):
        return {}
    posts = Post.objects.visible_to(user).filter(thread=thread).select_related("author")
    post = posts.filter(pk=int(asked[:DIGITS])).first()
    if post is None:
        return {}
    if "quote" not in request.GET:
        return {"replies_to": post.pk}
    quoted = quoted_text(post)
    return {"replies_to": post.pk, "text": quoted, "quoted": quoted}


def quoted_text(post: Post) -> str:
    """The post as a quotation in Markdown: whose words, where they stand, and the words."""
    author = post.author.get_full_name() if post.author else _("Deleted user")
    said = _("%(author)s wrote in [#%(number)s](%(address)s):") % {
        "author": author,
        "number": post.number,
        "address": post.get_absolute_url(),
    }
    source = post.source
    if len(source) > LONGEST:
        source = source[:LONGEST].rsplit(None, 1)[0] + " …"
    lines = "\n".join(f"> {line}".rstrip() for line in [said, "", *source.splitlines()])
    return f"{lines}\n\n"
