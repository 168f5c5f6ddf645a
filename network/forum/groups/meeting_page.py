"""A meeting's page: what each reader sees of who comes, and what they can do."""

from __future__ import annotations

from functools import cached_property

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from accounts.roles import AnyUser
from network.forum.groups.names import name_of, period_in_words
from network.forum.groups.page import GroupFrame
from network.forum.groups.permissions import can_answer_meeting
from network.forum.models import Meeting, MeetingReply

Answer = MeetingReply.Answer


class MeetingPage(GroupFrame):
    """A meeting within its group."""

    def __init__(self, meeting: Meeting, user: AnyUser) -> None:
        super().__init__(meeting.group, user, "meetings")
        self.meeting = meeting
        self.when = period_in_words(meeting.starts_at, meeting.ends_at)
        self.may_answer = can_answer_meeting(user, meeting)
        self.has_begun = meeting.starts_at <= timezone.now()

    @cached_property
    def agenda(self) -> SafeString:
        """The agenda as HTML."""
        return mark_safe(self.meeting.agenda_html)  # noqa: S308 - rendered and cleaned when saved

    @cached_property
    def minutes(self) -> SafeString:
        """The minutes as HTML."""
        return mark_safe(self.meeting.minutes_html)  # noqa: S308 - rendered and cleaned when saved

    @cached_property
    def _replies(self) -> list[MeetingReply]:
        found = self.meeting.replies.filter(user__is_active=True).select_related("user")
        return list(found.order_by("user__first_name", "user__last_name", "pk"))

    @property
    def answer(self) -> str:
        """What the reader has answered."""
        return next((each.answer for each in self._replies if each.user_id == self._user.pk), "")

    @property
    def answers(self) -> list[tuple[str, str, bool]]:
        """What one can answer: value, text, and whether it is the reader's."""
        return [(each.value, str(each.label), each.value == self.answer) for each in Answer]

    @property
    def coming(self) -> list[tuple[str, list[str]]]:
        """Who has answered what, by name; for those who see members."""
        said = {
            Answer.YES: _("Comes"),
            Answer.MAYBE: _("Comes perhaps"),
            Answer.NO: _("Cannot come"),
        }
        return [
            (
                said[answer],
                [name_of(each.user) for each in self._replies if each.answer == answer],
            )
            for answer in Answer
        ]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many have answered what; for those who may read but see no names."""
        return [(label, len(names)) for label, names in self.coming]

    @property
    def has_answers(self) -> bool:
        """Whether anybody has answered."""
        return any(each.answer for each in self._replies)

    @property
    def attended(self) -> list[str]:
        """Who was there, by name."""
        return [name_of(each.user) for each in self._replies if each.attended]
