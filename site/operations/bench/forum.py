"""A forum of a realistic size for the measurements, and those who read and answer in it.

Used by `inside.py`, in the environment of the measured site. The posts are written by the database
itself, since a million of them would take a quarter of an hour through the models. They are not in
the search, which is measured without them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from activity.models import Follow
from network.forum.models import (
    Category,
    Need,
    Post,
    Reader,
    ReadMark,
    Standing,
    Thread,
    ThreadKind,
)
from network.forum.reading.addresses import POSTS_A_PAGE
from network.forum.text import render
from network.parks.models import Theme
from operations.bench.parties import BATCH, TOKEN, cookies, people, queries_of
from operations.seeding import PHRASES, PREFIX

AUTHORS: Final = 200
TEXTS: Final = 40
KINDS: Final = 3
LONGEST: Final = 10_000
APART: Final = timedelta(minutes=10)
MARKED: Final = 5_000
FOLLOWED: Final = 500
PAGES: Final = 200
WRITERS: Final = 1_500
REPLIES: Final = 6_000
FOUND: Final = 302
ANSWER: Final = (
    "Vi har prøvd dette, og **det virket**. Mål temperaturen i godset, ikke i lufta.\n\n"
    "- 20 minutter\n- 215 °C\n\n> Er det sinken som gasser?\n\nJa, for tykt gods."
)


def seed(threads: str, posts: str) -> dict[str, int]:
    """Make so many threads and posts, one thread with ten thousand of them; gives what there is."""
    authors = people("author", AUTHORS)
    made = _threads(int(threads) + 1, authors)
    models, long = made[0], made[1]
    _texts(models, authors)
    longest = min(LONGEST, int(posts))
    _copy(models, [long.pk], longest)
    others = [each.pk for each in made[2:]]
    _copy(models, others, max(1, (int(posts) - longest) // max(1, len(others))))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"threads": Thread.objects.count(), "posts": Post.objects.count()}


def _threads(count: int, authors: list[User]) -> list[Thread]:
    categories = list(Category.objects.public().order_by("pk"))
    now, kinds = timezone.now(), ThreadKind.values
    made = Thread.objects.bulk_create(
        (
            Thread(
                category=categories[number % len(categories)],
                kind=kinds[number % KINDS],
                title=f"Hvordan holder dere vibrasjonen nede på linje {number}?",
                slug=f"{PREFIX}vibrasjon-{number}",
                author=authors[number % AUTHORS],
                last_author=authors[number * 7 % AUTHORS],
                created_at=now - APART * number,
                last_post_at=now - APART * number,
            )
            for number in range(count)
        ),
        batch_size=BATCH,
    )
    Need.objects.bulk_create(
        (Need(thread=each, direction="need") for each in made if each.kind == ThreadKind.NEED),
        batch_size=BATCH,
    )
    themes, link = list(Theme.objects.all()), Thread.themes.through
    link._default_manager.bulk_create(
        (link(thread=each, theme=themes[each.pk % len(themes)]) for each in made), batch_size=BATCH
    )
    return made


def _texts(thread: Thread, authors: list[User]) -> None:
    """The posts that all others are copies of, with what a post shows."""
    names = {"method": "strekkprøving", "material": "aluminium"}
    said = " ".join(phrase[0].format(**names) for phrase in PHRASES)
    Post.objects.bulk_create(
        Post(
            thread=thread,
            number=number,
            author=authors[number],
            byline=f"Prøvebedrift {number}",
            source=(source := f"{said}\n\n- **{number}** prøver\n- *{number * 2}* timer"),
            html=render(source),
            created_at=thread.created_at,
            reactions={"use": number} if number % 4 == 0 else {},
        )
        for number in range(1, TEXTS + 1)
    )
    _count([thread.pk], TEXTS)


def _copy(models: Thread, threads: list[int], each: int) -> None:
    """Fill threads, whose numbers in the database follow each other, with ``each`` posts."""
    if not threads:
        return
    with connection.cursor() as cursor:
        cursor.execute(COPY, [each, models.pk, TEXTS, threads[0], threads[-1]])
    _count(threads, each)


def _count(threads: list[int], posts: int) -> None:
    Thread.objects.filter(pk__range=(threads[0], threads[-1])).update(
        last_number=posts, post_count=posts
    )


# The columns and the recursion are those that SQLite and PostgreSQL have in common.
COPY: Final = """
INSERT INTO forum_post (
    thread_id, number, author_id, byline, source, html, state, created_at, reactions,
    has_files, has_references, by_mail
)
WITH RECURSIVE counted (n) AS (
    SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < %s
)
SELECT thread.id, counted.n, model.author_id, model.byline, model.source, model.html, model.state,
    thread.created_at, model.reactions, model.has_files, model.has_references, model.by_mail
FROM forum_thread AS thread
CROSS JOIN counted
JOIN forum_post AS model
    ON model.thread_id = %s AND model.number = 1 + (thread.id * 7 + counted.n) %% %s
WHERE thread.id BETWEEN %s AND %s
"""


def reading() -> dict[str, Any]:
    """Somebody with marks and things they follow: cookie, addresses of pages, their queries."""
    (reader,) = people("reader", 1)
    Reader.objects.create(user=reader, caught_up_at=timezone.now() - timedelta(days=30))
    threads = list(Thread.objects.filter(slug__startswith=PREFIX).order_by("pk")[: MARKED + 1])
    ReadMark.objects.bulk_create(
        (ReadMark(user=reader, thread=each, number=each.last_number - 1) for each in threads[2:]),
        batch_size=BATCH,
    )
    Follow.objects.bulk_create(
        Follow(user=reader, thing=f"thread:{each.pk}") for each in threads[:FOLLOWED]
    )
    long, category = threads[1], threads[2].category
    last = -(-long.last_number // POSTS_A_PAGE)
    everything = reverse("forum:list")
    paths = {
        "list": [everything, reverse("forum:category", args=[category.slug])],
        "list-last": [f"{everything}?ende=eldst"],
        "thread": [each.get_absolute_url() for each in threads[2 : PAGES + 2]],
        "thread-first": [long.get_absolute_url()],
        "thread-last": [f"{long.get_absolute_url()}?page={last}"],
        "overview": [reverse("forum:overview")],
    }
    client = Client()
    client.force_login(reader)
    return {
        "cookie": cookies([reader])[0],
        "paths": paths,
        "queries": {name: queries_of(client, found[0]) for name, found in paths.items()},
    }


def replies() -> list[list[dict[str, Any]]]:
    """Scripts of people who each answer in threads, each answer posted once."""
    writers = people("writer", WRITERS)
    Standing.objects.bulk_create(Standing(user=each, trusted=True) for each in writers)
    headers = cookies(writers)
    threads = Thread.objects.filter(slug__startswith=PREFIX).order_by("-pk")[:REPLIES]
    return [
        [
            {
                "path": reverse("forum:reply", args=[pk]),
                "headers": {"Cookie": headers[number % WRITERS]},
                "form": urlencode(
                    {
                        "csrfmiddlewaretoken": TOKEN,
                        # The same words once more would be held for spam.
                        "text": f"{ANSWER} {' '.join(map(str, (uuid4(), uuid4())))}",
                        "token": uuid4(),
                    }
                ),
                "status": FOUND,
            }
        ]
        for number, pk in enumerate(threads.values_list("pk", flat=True))
    ]


def replied() -> int:
    """How many answers were posted."""
    return Post.objects.filter(author__email__startswith=f"{PREFIX}writer").count()
