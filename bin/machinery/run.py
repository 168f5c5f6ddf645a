"""The command `bin/run`."""

import argparse
import sys
import time

from machinery.console import StepFailedError, say
from machinery.locks import AlreadyRunningError, data_directory_lock
from machinery.places import data_directory
from machinery.preparation import make_ready
from machinery.processes import ChildDiedError, StopRequested, stop_on_signals
from machinery.serving import (
    NotAnsweringError,
    PortBusyError,
    Site,
    check_port,
    collect_static,
    prepare_data,
    serve,
)

REFUSALS = (
    AlreadyRunningError,
    ChildDiedError,
    NotAnsweringError,
    PortBusyError,
    StepFailedError,
)
HIGHEST_PORT = 65535


def main(arguments: list[str], description: str) -> int:
    """Set up and serve; return the exit status."""
    options = _parser(description).parse_args(arguments)
    site = Site(
        port=options.port,
        data=data_directory(options.data_dir),
        sample=not options.no_sample,
        production_like=options.production_like,
    )
    stop_on_signals()
    try:
        with data_directory_lock(site.data):
            _set_up_and_serve(site)
    except StopRequested:
        say("Stopped.")
        return 0
    except REFUSALS as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _set_up_and_serve(site: Site) -> None:
    began = time.monotonic()
    check_port(site.port)
    say("Setting up Parknett")
    make_ready("run")
    prepare_data(site)
    if site.production_like:
        collect_static(site)

    def announce() -> None:
        logins = site.data / "sample-logins.txt"
        if site.sample and logins.exists():
            say(logins.read_text().rstrip())
        say(f"Set up and started in {time.monotonic() - began:.1f} s. Ctrl-C ends it.")
        say(f"Ready: {site.address}")

    serve(site, announce)


def _parser(description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bin/run",
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=(
            "environment: DATABASE_URL and SEARCH_URL point at servers instead of the embedded\n"
            "database and search engine; docs/configuration.md lists the rest."
        ),
    )
    parser.add_argument("--port", type=_port, default=8000, help="default: 8000")
    parser.add_argument(
        "--data-dir", metavar="DIR", help="database, index and uploads (default: var/)"
    )
    parser.add_argument(
        "--no-sample", action="store_true", help="only the real data, no sample facilities"
    )
    parser.add_argument(
        "--production-like",
        action="store_true",
        help="gunicorn with two workers, DEBUG off, hashed and compressed static files",
    )
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"{text} is not a port (1 to {HIGHEST_PORT})")
    return int(text)
