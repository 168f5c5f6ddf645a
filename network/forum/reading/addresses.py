"""Addresses of the forum as lists need them by the hundred, without asking the resolver for each."""

from __future__ import annotations

from functools import cache
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override

POSTS_A_PAGE: Final = 20


@cache
def base(language: str) -> str:
    """The path of the forum in a language."""
    with override(language):
        return reverse("forum:overview")


def here() -> str:
    """The path of the forum in the reader's language."""
    return base(get_language() or settings.LANGUAGE_CODE)


def thread_path(start: str, pk: int, slug: str) -> str:
    """The first page of a thread, below ``start`` (:func:`base`)."""
    return f"{start}t/{pk}/{slug or '-'}/"


def page_of(number: int) -> int:
    """The page on which the post of this number stands, from 1. It never moves."""
    return max(1, -(-number // POSTS_A_PAGE))


def post_place(start: str, pk: int, slug: str, number: int) -> str:
    """Where in its thread a post stands."""
    page = page_of(number)
    query = f"?page={page}" if page > 1 else ""
    return f"{thread_path(start, pk, slug)}{query}#post-{number}"
