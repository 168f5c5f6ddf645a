"""What the life of questions and policy matters holds about a person."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from accounts.personal import PersonalData, Row
from network.forum.models import (
    ParkStand,
    PolicyDocument,
    PolicyStep,
    RoutedQuestion,
    ThreadArticle,
)

LINKS = (ParkStand, PolicyDocument, PolicyStep, ThreadArticle)


def _routed(user: User) -> Iterable[Row]:
    for each in RoutedQuestion.objects.filter(user=user).select_related("thread"):
        yield {"question": each.thread.title, "because": each.because, "at": each.at}


def _forget_routed(user: User) -> None:
    RoutedQuestion.objects.filter(user=user).delete()


def _done(user: User) -> Iterable[Row]:
    for stand in ParkStand.objects.filter(by=user).select_related("park", "matter__thread"):
        yield {
            "matter": stand.matter.thread.title,
            "park": stand.park.name_nb,
            "stand": stand.stance,
            "comment": stand.comment,
            "at": stand.at,
        }
    for step in PolicyStep.objects.filter(by=user).select_related("matter__thread"):
        yield {
            "matter": step.matter.thread.title,
            "stage": step.stage,
            "note": step.note,
            "at": step.at,
        }
    for document in PolicyDocument.objects.filter(by=user):
        yield {"document": document.name, "at": document.added_at}
    for article in ThreadArticle.objects.filter(by=user).select_related("thread"):
        yield {"article_of": article.thread.title, "at": article.at}


def _take_out(user: User) -> None:
    """What was done for a park stays; by whom is forgotten."""
    for model in LINKS:
        model._default_manager.filter(by=user).update(by=None)


ROUTED = PersonalData("forum-routed", ("forum.RoutedQuestion",), _routed, _forget_routed)
DONE = PersonalData(
    "forum-matters",
    ("forum.ParkStand", "forum.PolicyDocument", "forum.PolicyStep", "forum.ThreadArticle"),
    _done,
    _take_out,
)
