"""Everything outside requests, in one process: tasks, the search's feed, notifications and mail."""

import logging
import threading
from argparse import ArgumentParser
from typing import Any, Final

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from activity.running import Runner
from operations.heartbeat import EVERY, beat
from search.checking import heal
from search.engines import engine
from search.engines.base import EngineError
from search.feed import Feed
from search.rebuild import RebuildError

FEED_INTERVAL_SECONDS: Final = 0.25
FEED_RETRY_SECONDS: Final = 2.0
ACTIVITY_INTERVAL_SECONDS: Final = 0.5

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Runs queued tasks, feeds the search engine, tells people of what happened and sends mail, "
        "until it is told to stop."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--interval", type=float, default=0.5, help="seconds between looks")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        others = (
            threading.Thread(target=_feed, args=(stop,), name="search-feed"),
            threading.Thread(target=_tell, args=(stop,), name="activity"),
        )
        for each in others:
            each.start()
        worker = Worker(
            queue_names=["*"],
            interval=options["interval"],
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(16),
            excluded_queue_names=[],
        )
        worker.configure_signals()
        try:
            worker.run()
        finally:
            stop.set()
            for each in others:
                each.join()


def _feed(stop: threading.Event) -> None:
    """Feed, and give a sign of life, until ``stop``; whatever fails is tried again.

    After a start and after every failure the index is compared with the projection first: it may
    have been lost, or be newer than a database that was restored.
    """
    feed = Feed()
    healed = False
    since_beat = EVERY.total_seconds()
    wait = 0.0
    while not stop.wait(wait):
        close_old_connections()
        try:
            if since_beat >= EVERY.total_seconds():
                beat()
                since_beat = 0.0
                healed = healed and engine().current() is not None
            if not healed:
                feed.close()
                if mended := heal():
                    logger.warning("the index differed from the projection: %s mended", mended)
                feed, healed = Feed(), True
            if not feed.run():
                feed.settle()
            wait = FEED_INTERVAL_SECONDS
        except (EngineError, RebuildError, DatabaseError) as error:
            logger.warning("the feed tries again in %s s: %s", FEED_RETRY_SECONDS, error)
            healed, wait = False, FEED_RETRY_SECONDS
        except Exception:
            # Whatever it was, what comes next must not wait for a restart.
            logger.exception("the feed tries again in %s s", FEED_RETRY_SECONDS)
            healed, wait = False, FEED_RETRY_SECONDS
        since_beat += wait
    feed.close()
    connection.close()


def _tell(stop: threading.Event) -> None:
    """Tell followers, send mail and do what is scheduled until ``stop``."""
    runner = Runner()
    wait = 0.0
    while not stop.wait(wait):
        close_old_connections()
        try:
            wait = 0.0 if runner.run() else ACTIVITY_INTERVAL_SECONDS
        except Exception:
            # Whatever it was, the next letter and the next event must not wait for a restart.
            logger.exception("notifications are tried again in %s s", FEED_RETRY_SECONDS)
            wait = FEED_RETRY_SECONDS
    connection.close()
