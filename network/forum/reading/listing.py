"""A list of threads in the state that its address tells."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime
from functools import cached_property
from typing import Final

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString

from accounts.roles import AnyUser
from network.forum.models import Category, Thread
from network.forum.reading.filters import Filters, Narrowing
from network.forum.reading.keyset import Key, newer_than, older_than, ordered, read_key
from network.forum.reading.rows import ThreadRow, read_rows, thread_rows
from network.forum.reading.unread import CaughtUp, caught_up

PAGE: Final = 50
OLDER: Final = "etter"
NEWER: Final = "for"
END: Final = "ende"
LAST: Final = "eldst"


class ThreadList:
    """A page of threads: fifty, each page begins where another ended.

    ``etter`` and ``for`` in the address are keys of the thread before and after the page; ``ende``
    shows the oldest ones. Every page costs the same, however deep it lies. Three queries at most,
    one less for visitors.
    """

    def __init__(
        self, user: AnyUser, parameters: QueryDict, category: Category | None = None
    ) -> None:
        self.filters = Filters(user, parameters)
        self.category = category
        self._user = user
        self._older = read_key(parameters.get(OLDER, ""))
        self._newer = None if self._older else read_key(parameters.get(NEWER, ""))
        self._from_end = not (self._older or self._newer) and parameters.get(END) == LAST

    @cached_property
    def known(self) -> CaughtUp | None:
        """Up to when the reader has read everything."""
        return caught_up(self._user)

    @property
    def _pinned_first(self) -> bool:
        return self.category is not None

    @cached_property
    def _threads(self) -> QuerySet[Thread, Thread]:
        threads = Thread.objects.visible_to(self._user).filter(merged_into=None)
        if self.category is not None:
            threads = threads.filter(category=self.category)
        return self.filters.apply(threads, self.known)

    @cached_property
    def _page(self) -> tuple[list[ThreadRow], bool, bool]:
        """The rows, and whether there are newer and older ones."""
        if self._newer is not None:
            page = self._before(self._newer)
            if page is not None:
                return page
        if self._from_end:
            rows = self._read(backwards=True)
            return rows[:PAGE][::-1], len(rows) > PAGE, False
        rows = self._read(self._older)
        return rows[:PAGE], self._older is not None, len(rows) > PAGE

    def _before(self, key: Key) -> tuple[list[ThreadRow], bool, bool] | None:
        """What comes right before a key; None where that is the first page."""
        threads = newer_than(self._threads, key, pinned_first=self._pinned_first)
        rows = self._read(threads=threads, backwards=True)
        return (rows[:PAGE][::-1], True, True) if len(rows) > PAGE else None

    def _read(
        self,
        after: Key | None = None,
        *,
        threads: QuerySet[Thread, Thread] | None = None,
        backwards: bool = False,
    ) -> list[ThreadRow]:
        found = self._threads if threads is None else threads
        if after is not None:
            found = older_than(found, after, pinned_first=self._pinned_first)
        page = ordered(found, pinned_first=self._pinned_first, backwards=backwards)[: PAGE + 1]
        return read_rows(page, self._user, self.known)

    @property
    def rows(self) -> list[ThreadRow]:
        """The threads of this page."""
        return self._page[0]

    @cached_property
    def markup(self) -> SafeString:
        """The threads as items of a list."""
        return thread_rows(self.rows, with_category=self.category is None)

    @property
    def is_first(self) -> bool:
        """Whether the newest threads are shown."""
        return not self._page[1]

    @property
    def is_last(self) -> bool:
        """Whether the oldest threads are shown."""
        return not self._page[2]

    @property
    def newest_url(self) -> str:
        """The first page."""
        return self.filters.address()

    @property
    def newer_url(self) -> str:
        """The page before this one."""
        return self._with(NEWER, str(self._key(self.rows[0]))) if self.rows else self.newest_url

    @property
    def older_url(self) -> str:
        """The page after this one."""
        return self._with(OLDER, str(self._key(self.rows[-1]))) if self.rows else self.newest_url

    @property
    def oldest_url(self) -> str:
        """The last page."""
        return self._with(END, LAST)

    def _with(self, name: str, value: str) -> str:
        address = self.filters.address()
        return f"{address}{'' if address == '?' else '&'}{name}={value}"

    def _key(self, row: ThreadRow) -> Key:
        return Key(row.last_post_at, row.pk, pinned=row.pinned and self._pinned_first)

    @property
    def filters_state(self) -> Hashable:
        """All that the filters above the list are made of, to keep them by."""
        return self.category.slug if self.category else "", self.filters.state

    @property
    def narrowings(self) -> list[Narrowing]:
        """What the list is narrowed to, each with the address that lifts it."""
        return self.filters.narrowings(self.author)

    @cached_property
    def rendered_at(self) -> datetime:
        """When this was read: what comes later stays unread when one says that all is read."""
        return timezone.now()

    @property
    def author(self) -> str:
        """The name of whom the threads are by, where that is asked for and any is shown."""
        wanted = self.filters.person is not None and self.rows
        return self.rows[0].author if wanted else ""
