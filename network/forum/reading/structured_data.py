"""A thread in schema.org's words: a question with its answers, or a posting with comments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from network.forum.models import ThreadKind
from network.forum.reading.addresses import here, post_place
from network.forum.reading.parts import ShownPost
from network.forum.reading.texts import words_of
from network.forum.reading.thread_page import ThreadPage, path_of

TEXT: Final = 1_000
COMMENTS: Final = 10


def thread_data(page: ThreadPage, absolute: Callable[[str], str]) -> dict[str, Any]:
    """The first page of a thread as data; nothing for the others."""
    opening = next((post for post in page.posts if post.number == 1 and post.is_shown), None)
    if opening is None:
        return {}
    thread = page.thread

    def said(post: ShownPost, kind: str) -> dict[str, Any]:
        url = absolute(post_place(here(), thread.pk, thread.slug, post.number))
        return _said(post, kind, url)

    answers = [post for post in page.posts if post.number > 1 and post.is_shown][:COMMENTS]
    if thread.kind != ThreadKind.QUESTION:
        return {
            **said(opening, "DiscussionForumPosting"),
            "headline": thread.title,
            "url": absolute(path_of(thread)),
            "commentCount": page.answer_count,
            "comment": [said(post, "Comment") for post in answers],
        }
    accepted = page.accepted
    question = {
        **said(opening, "Question"),
        "name": thread.title,
        "answerCount": page.answer_count,
        "suggestedAnswer": [said(post, "Answer") for post in answers if post != accepted],
    }
    if accepted is not None:
        question["acceptedAnswer"] = said(accepted, "Answer")
    return {"@type": "QAPage", "mainEntity": question}


def _said(post: ShownPost, kind: str, url: str) -> dict[str, Any]:
    return {
        "@type": kind,
        "url": url,
        "text": words_of(post.html, TEXT),
        "datePublished": post.created_at.isoformat(),
        "author": {"@type": "Person", "name": post.author},
    }
