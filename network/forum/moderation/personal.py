"""What moderation holds about a person: reports, acts on what they wrote, their e-mail's traces."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from accounts.personal import PersonalData, Row
from network.forum.models import Flag, ModerationAct, ReceivedMail, Standing


def _standing(user: User) -> Iterable[Row]:
    for standing in Standing.objects.filter(user=user):
        yield {
            "published": standing.published,
            "removed": standing.removed,
            "trusted": standing.trusted,
            "silenced_until": standing.silenced_until,
        }


def _forget_standing(user: User) -> None:
    Standing.objects.filter(user=user).delete()


def _moderation(user: User) -> Iterable[Row]:
    for flag in Flag.objects.filter(by=user):
        yield {
            "reported_post": flag.post_id,
            "reason": flag.reason,
            "text": flag.text,
            "state": flag.state,
            "at": flag.created_at,
        }
    for act in ModerationAct.objects.filter(author=user):
        yield {"act": act.kind, "reason": act.reason, "at": act.at}
    for act in ModerationAct.objects.filter(by=user):
        yield {"did": act.kind, "reason": act.reason, "at": act.at}


def _take_out(user: User) -> None:
    """What was decided stays in the log; about whom and by whom is forgotten."""
    Flag.objects.filter(by=user).update(by=None)
    Flag.objects.filter(handled_by=user).update(handled_by=None)
    ModerationAct.objects.filter(author=user).update(author=None, reason="")
    ModerationAct.objects.filter(by=user).update(by=None)


def _mail(user: User) -> Iterable[Row]:
    for mail in ReceivedMail.objects.filter(user=user):
        yield {"outcome": mail.outcome, "post": mail.post_id, "at": mail.at}


def _forget_mail(user: User) -> None:
    """That a message was read is kept by a digest, so that it is not posted again."""
    ReceivedMail.objects.filter(user=user).update(user=None)


STANDING = PersonalData("forum-standing", ("forum.Standing",), _standing, _forget_standing)
MODERATION = PersonalData(
    "forum-moderation", ("forum.Flag", "forum.ModerationAct"), _moderation, _take_out
)
MAIL = PersonalData("forum-mail", ("forum.ReceivedMail",), _mail, _forget_mail)
