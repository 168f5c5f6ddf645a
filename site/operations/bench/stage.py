"""The servers that are measured: the database, the floor and the site on it, the search engine.

Each is started when the first row needs it and lives until the run ends.
"""

import contextlib
import json
import os
import secrets
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal, Self, TypeVar
from urllib.request import urlopen

import psycopg

from operations.bench import floor
from operations.bench.processes import (
    HOST,
    BenchError,
    free_port,
    stopped_at_the_end,
    wait_for_http,
)

ROOT: Final = Path(__file__).resolve().parents[3]
SECONDS_TO_FETCH_A_SERVER: Final = 900
SECONDS_UNTIL_CALM: Final = 180

Database = Literal["postgres", "sqlite"]
Engine = Literal["tantivy", "opensearch"]
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Size:
    """How much is seeded."""

    facilities: int
    organisations: int
    threads: int = 20_000
    posts: int = 1_000_000


@dataclass(frozen=True)
class Site:
    """A running production-like site and what its processes see."""

    port: int
    environment: dict[str, str]
    process: "subprocess.Popen[bytes]"
    indexed: dict[str, float]

    @property
    def address(self) -> str:
        """Where the site is served."""
        return f"http://{HOST}:{self.port}"

    def inside(self, *arguments: str) -> Any:
        """Run a function of `inside.py` in the site's own environment; return what it found."""
        return run_inside(self.environment, *arguments)


class Stage:
    """All servers of one run of the bench."""

    def __init__(self, directory: Path, size: Size, log: Path) -> None:
        """Keep data in `directory`, and what the sites print in `log`."""
        self.directory = directory
        self._log = log
        self._size = size
        self._stack = ExitStack()
        self._made: dict[tuple[str, ...], Any] = {}
        self._failed: dict[tuple[str, ...], BenchError] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def floor(self, database: Database) -> int:
        """Return the port of the floor on `database`."""

        def start() -> int:
            directory = self.directory / f"floor-{database}"
            serving = floor.running(directory, self._copy(database, "floor"))
            return self._stack.enter_context(serving)

        return self._once(("floor", database), start)

    def site(self, database: Database = "postgres", engine: Engine = "tantivy") -> Site:
        """Return the site on `database` with `engine`, its index built."""
        return self._once(("site", database, engine), lambda: self._start_site(database, engine))

    def alone(self, name: str, database: Database = "postgres") -> dict[str, str]:
        """Return the environment of a database with the bench's data that no server works on."""

        def prepare() -> dict[str, str]:
            copy = self._copy(database, name)
            return self._environment(copy, self.directory / f"data-{database}-{name}")

        return self._once(("alone", name, database), prepare)

    def forum(self) -> Site:
        """Return the site on PostgreSQL, with a forum of the size that was asked for."""
        site = self.site()

        def seed() -> bool:
            site.inside("forum", "seed", str(self._size.threads), str(self._size.posts))
            return True

        self._once(("forum",), seed)
        return site

    def server(self, name: str) -> str:
        """Return the URL of a server of `tests/servers`.

        Raises:
            BenchError: when it cannot be had.
        """
        start = partial(self._stack.enter_context, self._running_server(name))
        return self._once(("server", name), start)

    def _once(self, key: tuple[str, ...], make: Callable[[], Made]) -> Made:
        """Return what `make` made the first time; what failed once is not tried again."""
        if key in self._failed:
            raise self._failed[key]
        if key not in self._made:
            try:
                self._made[key] = make()
            except BenchError as error:
                self._failed[key] = error
                raise
        made: Made = self._made[key]
        return made

    @contextmanager
    def _running_server(self, name: str) -> Iterator[str]:
        answer_file = self.directory / f"{name}.json"
        command = [sys.executable, "-m", "tests.servers", name, "--durable"]
        options = ["--answer-file", str(answer_file), "--only-while", str(os.getpid())]
        process = subprocess.Popen([*command, *options], cwd=ROOT)
        with stopped_at_the_end(process):
            deadline = time.monotonic() + SECONDS_TO_FETCH_A_SERVER
            while not answer_file.exists() and time.monotonic() < deadline:
                time.sleep(0.1)
            answer = json.loads(answer_file.read_text()) if answer_file.exists() else {}
            if "url" not in answer:
                raise BenchError(f"{name}: {answer.get('unavailable', 'it did not start')}")
            yield answer["url"]

    def _seeded_database(self, database: Database) -> str:
        """Return the URL of a database with the bench's data; nobody else connects to it."""

        def seed() -> str:
            url = self._empty_database(database)
            environment = self._environment(url, self.directory / database)
            _manage(environment, "migrate", "--verbosity", "0")
            _manage(environment, "load_network_data")
            _manage(environment, "load_vocabularies")
            _manage(environment, "load_initial_pages")
            facilities, organisations = map(str, (self._size.facilities, self._size.organisations))
            options = ["--facilities", facilities, "--organisations", organisations]
            _manage(environment, "seed_bench", *options)
            return url

        return self._once(("seeded", database), seed)

    def _empty_database(self, database: Database) -> str:
        name = f"seeded_{database}"
        if database == "sqlite":
            return f"sqlite:///{self.directory / name}.sqlite3"
        return self._create_database(name, "template0")

    def _copy(self, database: Database, name: str) -> str:
        """Return the URL of a copy of the seeded database for one server, which may write to it."""
        seeded = self._seeded_database(database)
        if database == "postgres":
            return self._create_database(name, "seeded_postgres")
        copy = self.directory / f"{name}.sqlite3"
        with (
            contextlib.closing(sqlite3.connect(seeded.removeprefix("sqlite:///"))) as source,
            contextlib.closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
        return f"sqlite:///{copy}"

    def _create_database(self, name: str, template: str) -> str:
        server = self.server("postgres")
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        url = f"{server.rsplit('/', 1)[0]}/{name}"
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("ANALYZE")
        return url

    def _environment(self, database_url: str, data: Path) -> dict[str, str]:
        data.mkdir(parents=True, exist_ok=True)
        return os.environ | {
            "DATABASE_URL": database_url,
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "PARKNETT_ALLOWED_HOSTS": f"{HOST},testserver",
            "PARKNETT_DATA_DIR": str(data),
            "PARKNETT_API_RATE": "100000/s",
            "PARKNETT_SECRET_KEY": secrets.token_urlsafe(64),
            "SEARCH_URL": "",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        }

    def _start_site(self, database: Database, engine: Engine) -> Site:
        data = self.directory / f"data-{database}-{engine}"
        environment = self._environment(self._copy(database, engine), data)
        if engine == "opensearch":
            environment["SEARCH_URL"] = self.server(engine)
            environment["PARKNETT_SEARCH_INDEX"] = f"bench-{database}"
        port = free_port()
        environment["PARKNETT_BIND"] = f"{HOST}:{port}"
        environment["PARKNETT_BASE_URL"] = f"http://{HOST}:{port}"
        environment["PARKNETT_WEB_LOG_LEVEL"] = "warning"
        environment["PARKNETT_WEB_WORKERS"] = "2"
        _manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
        indexed = run_inside(environment, "rebuild")
        process = self._keep([sys.executable, "manage.py", "serve"], environment)
        wait_for_http(f"http://{HOST}:{port}/health/", process)
        _wait_until_calm(f"http://{HOST}:{port}/health/")
        return Site(port, environment, process, indexed)

    def _keep(
        self, command: Sequence[str], environment: dict[str, str]
    ) -> "subprocess.Popen[bytes]":
        log = self._stack.enter_context(self._log.open("ab"))
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        return self._stack.enter_context(stopped_at_the_end(process))


def _wait_until_calm(health: str) -> None:
    """Return once the worker has sent all changes of the seeding to the engine."""
    deadline = time.monotonic() + SECONDS_UNTIL_CALM
    while time.monotonic() < deadline:
        with urlopen(health, timeout=10) as response:  # noqa: S310 - a URL of ours
            report = json.load(response)
        if report["status"] == "ok" and not report["engine"]["waiting"]:
            return
        time.sleep(0.5)
    raise BenchError(f"the site has not become calm: {report}")


def run_inside(environment: dict[str, str], *arguments: str) -> Any:
    """Run a function of `inside.py` in a process of its own and return what it printed as JSON.

    Raises:
        BenchError: when it fails, with the end of what it printed.
    """
    done = subprocess.run(
        [sys.executable, "-m", "operations.bench.inside", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise BenchError(f"{arguments[0]} failed: {_last_line(done.stderr)}")
    return json.loads(done.stdout)


def _manage(environment: dict[str, str], *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise BenchError(f"manage.py {arguments[0]} failed: {_last_line(done.stderr)}")


def _last_line(text: str) -> str:
    with contextlib.suppress(IndexError):
        return text.strip().splitlines()[-1]
    return "it said nothing"
