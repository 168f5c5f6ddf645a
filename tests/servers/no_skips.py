"""With `PARKNETT_NO_SKIPS=1` a run in which anything was skipped has failed."""

import os
from collections.abc import Iterator

import pytest

SKIPPED = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Begin without any skip, where skips are not allowed."""
    if os.environ.get("PARKNETT_NO_SKIPS") == "1":
        config.stash[SKIPPED] = []
        config.pluginmanager.register(_SkipCollector(config.stash[SKIPPED]))


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Fail a run that would have passed with skips."""
    skipped = session.config.stash.get(SKIPPED, [])
    if skipped and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    yield


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say that the skips are what failed."""
    skipped = config.stash.get(SKIPPED, [])
    if skipped:
        terminalreporter.section("skipped, but PARKNETT_NO_SKIPS=1 allows no skip", red=True)
        for each in skipped:
            terminalreporter.line(each)


class _SkipCollector:
    def __init__(self, skipped: list[str]) -> None:
        self._skipped = skipped

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._note(report)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._note(report)

    def _note(self, report: pytest.CollectReport | pytest.TestReport) -> None:
        expected_failure = hasattr(report, "wasxfail")
        if report.skipped and not expected_failure:
            self._skipped.append(f"{report.nodeid}: {_reason(report)}")


def _reason(report: pytest.CollectReport | pytest.TestReport) -> str:
    return report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
