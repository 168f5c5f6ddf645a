"""Run one server until it is told to stop: `python -m tests.servers NAME [--port N]`."""

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from tests.servers.catalogue import DURABLE, RUNNERS
from tests.servers.unavailable import UnavailableError

SECONDS_BETWEEN_LOOKS = 0.5


def main() -> int:
    """Start the server, print its URL, wait for SIGTERM or Ctrl-C, end it."""
    options = _parser().parse_args()
    stop = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    tell = _teller(options.answer_file)
    try:
        runner = DURABLE.get(options.name) if options.durable else None
        with (runner or RUNNERS[options.name])(options.port) as url:
            tell({"url": url})
            while not stop.wait(SECONDS_BETWEEN_LOOKS):
                if options.only_while and not _lives(options.only_while):
                    break
    except UnavailableError as error:
        tell({"unavailable": str(error)})
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.servers", description=__doc__)
    parser.add_argument("name", choices=sorted(RUNNERS))
    parser.add_argument("--port", type=int, help="default: a free one")
    parser.add_argument(
        "--durable", action="store_true", help="write to disk as carefully as in production"
    )
    parser.add_argument(
        "--answer-file", type=Path, help="write the URL, or why there is none, here as JSON"
    )
    parser.add_argument(
        "--only-while", type=int, metavar="PID", help="stop when this process has ended"
    )
    return parser


def _teller(path: Path | None) -> Callable[[dict[str, str]], None]:
    def tell(answer: dict[str, str]) -> None:
        if path is None:
            sys.stdout.write(f"{' '.join(answer.values())}\n")
            sys.stdout.flush()
            return
        unfinished = path.with_suffix(".unfinished")
        unfinished.write_text(json.dumps(answer))
        unfinished.rename(path)

    return tell


def _lives(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
