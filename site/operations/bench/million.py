"""A million made-up entries in an embedded index of their own."""

import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.utils import timezone
from tqdm import tqdm

from operations.bench.phrases import PHRASES
from search.engines.embedded import EmbeddedEngine
from search.indexing import document_of
from search.knowledge import plan_of
from search.models import SearchEntry
from search.query import SearchRequest

BATCH: Final = 10_000
SEARCHES: Final = 1_000
SEED: Final = 20_261_101
FACETS: Final = ("park", "scale")
PARKS: Final = 40
SCALES: Final = ("lab", "pilot", "industrial")


def run(count: int) -> dict[str, float]:
    """Index `count` entries, search them, and return seconds, bytes and latencies in ms."""
    with tempfile.TemporaryDirectory(prefix="parknett-million-") as directory:
        engine = EmbeddedEngine(Path(directory))
        began = time.perf_counter()
        _index(engine, count)
        seconds = time.perf_counter() - began
        size = sum(path.stat().st_size for path in Path(directory).rglob("*") if path.is_file())
        latencies = _search(engine)
    return {
        "entries": count,
        "seconds": seconds,
        "per_second": count / seconds,
        "bytes": size,
        "p50_ms": latencies[len(latencies) // 2] * 1000,
        "p95_ms": latencies[int(len(latencies) * 0.95)] * 1000,
    }


def _index(engine: EmbeddedEngine, count: int) -> None:
    writer = engine.fresh()
    with tqdm(total=count, desc="index", disable=None) as bar:
        for start in range(0, count, BATCH):
            batch = range(start, min(start + BATCH, count))
            writer.add(document_of(entry) for entry in _entries(batch))
            bar.update(len(batch))
    writer.commit()
    engine.adopt(writer)


def _entries(numbers: range) -> Iterator[SearchEntry]:
    chance = random.Random(SEED + numbers.start)  # noqa: S311 - the same entries each time
    vocabulary = [word for phrase in PHRASES for word in phrase.split()]
    for number in numbers:
        title = " ".join(chance.choices(vocabulary, k=4))
        yield SearchEntry(
            key=f"facility:{number}",
            type="facility",
            slug=f"made-up-{number}",
            title_nb=f"{title} {number}",
            summary_nb=" ".join(chance.choices(vocabulary, k=20)),
            text_nb=" ".join(chance.choices(vocabulary, k=80)),
            keywords="\n".join(chance.choices(PHRASES, k=5)),
            facets={
                "park": [f"park-{chance.randrange(PARKS)}"],
                "scale": [chance.choice(SCALES)],
            },
            audience=["public"],
            published_at=timezone.now(),
            version=number,
        )


def _search(engine: EmbeddedEngine) -> list[float]:
    """Return the seconds that each search took, in order; the first of each phrase warms up."""
    requests = [SearchRequest(text=phrase, facets=FACETS) for phrase in PHRASES]
    for request in requests:
        engine.answer(request, plan_of(request.text))
    seconds = []
    for number in range(SEARCHES):
        request = requests[number % len(requests)]
        began = time.perf_counter()
        engine.answer(request, plan_of(request.text))
        seconds.append(time.perf_counter() - began)
    return sorted(seconds)
