"""Sending letters, each once.

A letter is claimed by a conditional update that commits ``sending`` right before the mail server is
given the text. Whoever claims it is the only one to send it; whoever dies with it leaves it
``sending``, and after a while it is called uncertain and never sent again by itself.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.mail import EmailMessage
from django.utils import timezone

from activity.bounces import stop_address
from activity.carrier import Answer, Carrier, Outcome, ServerAwayError
from activity.models import Letter, StoppedAddress
from activity.writing import written

logger = logging.getLogger(__name__)

BATCH: Final = 50
# Longer than any mail server takes, with its time-outs.
SENDING_TAKES_AT_MOST: Final = timedelta(minutes=15)
PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360))
# With these pauses a letter is tried for about two days and a half.
MAX_ATTEMPTS: Final = 14
SECONDS_OF_REST: Final = (2.0, 5.0, 15.0, 30.0, 60.0)
MAX_PROBLEM: Final = 300
FORGOTTEN: Final = {Letter.State.SENT, Letter.State.FAILED}


class Sender:
    """Sends what is due. It rests for a growing while when the mail server is away."""

    def __init__(self) -> None:
        self._carrier = Carrier()
        self._failures = 0
        self._rests_until = 0.0

    def run(self, limit: int = BATCH) -> int:
        """Send up to ``limit`` letters that are due; gives how many were dealt with."""
        give_up_on_lost()
        if time.monotonic() < self._rests_until:
            return 0
        dealt_with = 0
        try:
            for letter in _due(limit):
                dealt_with += self._deal_with(letter)
            self._failures = 0
        except ServerAwayError as error:
            self._rest(error)
        finally:
            self._carrier.close()
        return dealt_with

    def _deal_with(self, letter: Letter) -> bool:
        message = _message(letter)
        if message is None:
            return True
        self._carrier.open()
        if not claim(letter):
            return False
        finish(letter, self._carrier.hand_over(message))
        return True

    def _rest(self, error: ServerAwayError) -> None:
        pause = SECONDS_OF_REST[min(self._failures, len(SECONDS_OF_REST) - 1)]
        self._failures += 1
        self._rests_until = time.monotonic() + pause
        logger.warning("the mail server is away, tried again in %s s: %s", pause, error)


def _due(limit: int) -> list[Letter]:
    """What is due, oldest first, but before any notification what somebody waits for."""
    due = Letter.objects.filter(state=Letter.State.WAITING, due_at__lte=timezone.now())
    due = due.select_related("user").order_by("due_at", "pk")
    texts = list(due.filter(form=Letter.Form.TEXT)[:limit])
    return texts + list(due.exclude(form=Letter.Form.TEXT)[: limit - len(texts)])


def claim(letter: Letter) -> bool:
    """Commit that the letter is being sent; False when somebody else was faster."""
    return _change(
        letter, Letter.State.WAITING, state=Letter.State.SENDING, sending_at=timezone.now()
    )


def finish(letter: Letter, answer: Answer) -> None:
    """Write down what became of a letter that was claimed."""
    now, attempts = timezone.now(), letter.attempts + 1
    said = answer.said[:MAX_PROBLEM]
    changes: dict[str, Any] = {"attempts": attempts, "problem": said, "ended_at": now}
    if answer.outcome is Outcome.ACCEPTED:
        changes["state"] = Letter.State.SENT
    elif answer.outcome is Outcome.UNKNOWN:
        changes["state"] = Letter.State.UNCERTAIN
    elif answer.outcome is Outcome.LATER and attempts < MAX_ATTEMPTS:
        changes |= {"state": Letter.State.WAITING, "due_at": _next(now, attempts), "ended_at": None}
    else:
        changes["state"] = Letter.State.FAILED
    _change(letter, Letter.State.SENDING, **changes)
    if changes["state"] in FORGOTTEN:
        forget_content(letter)
    if answer.outcome is Outcome.NO_SUCH_ADDRESS:
        stop_address(letter.to, said)


def forget_content(letter: Letter) -> None:
    """Keep no text, code or file of a letter that has ended."""
    Letter.objects.filter(pk=letter.pk).update(content={})
    letter.attachments.all().delete()


def give_up_on_lost() -> int:
    """Call letters uncertain that somebody began to send and never finished; gives how many."""
    lost = Letter.objects.filter(
        state=Letter.State.SENDING, sending_at__lt=timezone.now() - SENDING_TAKES_AT_MOST
    )
    count = lost.update(state=Letter.State.UNCERTAIN, ended_at=timezone.now())
    if count:
        logger.error("%s letters may or may not have been sent; staff decide", count)
    return count


def _message(letter: Letter) -> EmailMessage | None:
    """What to send, or None where the letter has ended without being sent."""
    urgent = letter.content.get("urgent", False)
    if not urgent and StoppedAddress.objects.filter(address__iexact=letter.to).exists():
        _end(letter, Letter.State.WITHDRAWN, "the address is stopped")
        return None
    try:
        message = written(letter)
    except Exception as error:
        # One letter that cannot be written must not keep the others.
        logger.exception("the letter %s cannot be written", letter.pk)
        _end(letter, Letter.State.FAILED, f"{type(error).__name__}: {error}")
        return None
    if message is None:
        _end(letter, Letter.State.WITHDRAWN, "nothing left to tell")
    return message


def _end(letter: Letter, state: Letter.State, problem: str) -> None:
    _change(
        letter,
        Letter.State.WAITING,
        state=state,
        problem=problem[:MAX_PROBLEM],
        ended_at=timezone.now(),
    )


def _change(letter: Letter, present: Letter.State, **changes: Any) -> bool:
    """Change a letter if it is in the state that the change is from."""
    return bool(Letter.objects.filter(pk=letter.pk, state=present).update(**changes))


def _next(now: datetime, attempts: int) -> datetime:
    return now + PAUSES[min(attempts, len(PAUSES)) - 1]
