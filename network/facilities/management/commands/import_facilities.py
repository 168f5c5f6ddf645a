"""Take in a table of facilities."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from network.facilities.importing import carry_out, plan_import
from network.facilities.rows import COLUMNS
from network.facilities.spreadsheets import UnreadableFileError, read_table


class Command(BaseCommand):
    help = (
        "Take in facilities from a CSV or XLSX file. All rows or none, unless --partial. Can be run "
        f"again: rows that say what is there already change nothing. Columns: {', '.join(COLUMNS)}."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a .csv or .xlsx file")
        parser.add_argument(
            "--partial", action="store_true", help="take in the good rows when others are bad"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            table = read_table(path.name, path.read_bytes())
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except UnreadableFileError as error:
            raise CommandError(f"{path}: {error}") from error
        plan = plan_import(table, progress=True)
        for row_error in plan.errors:
            self.stderr.write(str(row_error))
        heading_is_bad = any(row_error.line == 1 for row_error in plan.errors)
        if plan.errors and (heading_is_bad or not options["partial"]):
            raise CommandError(
                f"{plan.bad_rows} of {plan.rows} rows are bad; nothing was imported."
            )
        hosts, terms = len(plan.new_hosts), len(plan.new_terms)
        carry_out(plan, progress=True)
        self.stdout.write(
            f"{plan.rows} rows: {len(plan.new)} new, {len(plan.changed)} changed, "
            f"{plan.unchanged} unchanged, {plan.bad_rows} bad"
        )
        if hosts or terms:
            self.stdout.write(
                f"also new: {hosts} organisations, {terms} vocabulary terms to be reviewed"
            )
