"""Sample groups with sample members and meetings, marked as what they are. Nobody is told of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone

from accounts.models import User
from network.forum.groups.services import keep_category
from network.forum.models import (
    GroupMembership,
    Meeting,
    MeetingReply,
    WorkingGroup,
)
from network.forum.sample import SAMPLE_DATA, sample_authors
from network.loading import Report, read, texts
from network.parks.models import Theme
from search.projection import recording

JOINED: Final = timedelta(days=60)
FRIDAY: Final = 4


def load_sample_groups(report: Report) -> None:
    """Make the sample groups; once, whatever is changed since."""
    kind = str(WorkingGroup._meta.verbose_name_plural)
    records = read(SAMPLE_DATA, "groups")
    if WorkingGroup.objects.filter(sample=True).exists():
        report.unchanged[kind] += len(records)
        return
    with recording():
        people = {name: user for name, (user, _) in sample_authors().items()}
        for slug, record in records.items():
            _make(slug, record, people)
            report.created[kind] += 1


def remove_sample_groups() -> int:
    """Delete them with their meetings; their threads go with the sample threads, before this."""
    with recording():
        groups = WorkingGroup.objects.filter(sample=True, category__threads=None)
        count = groups.count()
        groups.delete()
    return count


def _make(slug: str, record: Mapping[str, Any], people: Mapping[str, User]) -> None:
    group = WorkingGroup.objects.create(
        slug=slug,
        **texts(record, "name"),
        **texts(record, "summary"),
        **texts(record, "charter"),
        openness=record["openness"],
        sample=True,
    )
    group.themes.set(Theme.objects.filter(slug__in=record.get("themes", ())))
    keep_category(group)
    joined = timezone.now() - JOINED
    for name in (record["leader"], *record["members"]):
        leads = name == record["leader"]
        GroupMembership.objects.create(
            group=group,
            user=people[name],
            state=GroupMembership.State.MEMBER,
            role=GroupMembership.Role.LEADER if leads else GroupMembership.Role.MEMBER,
            joined_at=joined,
        )
    for meeting in record["meetings"]:
        _meet(group, meeting, people)


def _meet(group: WorkingGroup, record: Mapping[str, Any], people: Mapping[str, User]) -> None:
    day = _working_day(timezone.localdate() + timedelta(days=record["days"]))
    zone = timezone.get_default_timezone()
    begin, end = (datetime.combine(day, time(hour), zone) for hour in record["hours"])
    meeting = Meeting.objects.create(
        group=group,
        title=record["title"],
        starts_at=begin,
        ends_at=end,
        **{name: record.get(name, "") for name in ("place", "link", "agenda", "minutes")},
    )
    for name in record.get("attended", ()):
        MeetingReply.objects.create(
            meeting=meeting,
            user=people[name],
            answer=MeetingReply.Answer.YES,
            attended=True,
        )


def _working_day(day: date) -> date:
    """The day, or the Monday after it."""
    return day + timedelta(days=7 - day.weekday() if day.weekday() > FRIDAY else 0)
