"""The working groups that every installation begins with."""

from __future__ import annotations

from typing import Final

from network.forum.groups.services import keep_category
from network.forum.loading import DATA
from network.forum.models import WorkingGroup
from network.loading import Report, load_records, read, texts
from search.projection import recording

PLAIN: Final = ("openness", "has_council")


def load_groups(report: Report) -> None:
    """Make the groups with their categories; what people change or delete stays so."""
    records = {
        slug: {
            **texts(record, "name"),
            **texts(record, "summary"),
            **texts(record, "charter"),
            **{name: record[name] for name in PLAIN},
        }
        for slug, record in read(DATA, "groups").items()
    }
    with recording():
        load_records(WorkingGroup, records, report)
        for group in WorkingGroup.objects.filter(slug__in=records, category=None):
            keep_category(group)
