"""How an answer by e-mail becomes a post: once, by whom it says, in the thread that it answers.

Everything about one e-mail is one transaction: that it was read, the post with its files, and the
letter that says why there is none. Whoever is killed in between has done nothing, and reading the
mailbox again does it; whoever reads it twice does it once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import NAMESPACE_OID, uuid5

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from accounts.models import User
from network.forum.mail.cutting import own_text
from network.forum.mail.enclosed import Enclosed, enclosed_in
from network.forum.mail.incoming import Incoming
from network.forum.mail.refusing import REASONS, tell_refused, tell_without_files
from network.forum.mail.texts import text_of
from network.forum.models import Draft, Post, ReceivedMail, Thread
from network.forum.models.post import SOURCE_LENGTH
from network.forum.moderation.counting import where_it_went
from network.forum.moderation.limits import LimitError
from network.forum.services.drafts import Typed, attach, save_draft
from network.forum.services.posting import ClosedError, answer
from search.projection import recording
from ui.uploads import taking_files_back

Outcome = ReceivedMail.Outcome
# Told to nobody: machines and forgers would answer, and strangers are not ours to write to.
SILENT: Final = frozenset({Outcome.AUTOMATIC, Outcome.FORGED})


class DeferredError(Exception):
    """It cannot be posted yet, since its sender writes too fast; the next reading tries again."""


class _RefusedError(Exception):
    def __init__(self, outcome: Outcome, thread: Thread | None = None, reason: str = "") -> None:
        super().__init__()
        self.outcome, self.thread, self.reason = outcome, thread, reason


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is to be posted."""

    thread: Thread
    text: str
    enclosed: Enclosed


def take(raw: bytes) -> Outcome | None:
    """Post an e-mail, or note why not; gives what came of it, None for one that was read before.

    Raises DeferredError when it must wait.
    """
    mail = Incoming(raw)
    if ReceivedMail.objects.filter(key=mail.key).exists():
        return None
    try:
        return _take(mail)
    except IntegrityError:
        if ReceivedMail.objects.filter(key=mail.key).exists():
            return None  # somebody else reads the same mailbox
        raise


def _take(mail: Incoming) -> Outcome:
    sender = _person(mail.sender)
    try:
        return _post(mail, sender)
    except _RefusedError as refused:
        with recording():
            noted = ReceivedMail.objects.create(key=mail.key, outcome=refused.outcome, user=sender)
            if sender is not None and refused.outcome in REASONS:
                tell_refused(
                    noted, sender, mail.sender, thread=refused.thread, reason=refused.reason
                )
        return refused.outcome


@taking_files_back
def _post(mail: Incoming, sender: User | None) -> Outcome:
    with recording():
        user, found = _read(mail, sender)
        noted = ReceivedMail.objects.create(key=mail.key, outcome=Outcome.POSTED, user=user)
        post = _write(user, found, mail.key)
        noted.post = post
        noted.save(update_fields=["post"])
        if found.enclosed.refused:
            tell_without_files(noted, user, mail.sender, post, found.enclosed.refused)
    return Outcome.POSTED


def _read(mail: Incoming, sender: User | None) -> tuple[User, _Answer]:
    """Who writes what in which thread. Raises _RefusedError for what is not to be posted."""
    if mail.is_automatic:
        raise _RefusedError(Outcome.AUTOMATIC)
    if mail.is_forged:
        raise _RefusedError(Outcome.FORGED)
    if sender is None or mail.addressed is None:
        raise _RefusedError(Outcome.UNKNOWN)
    if mail.addressed.user != sender.pk:
        raise _RefusedError(Outcome.FOREIGN)
    thread = _thread(sender, mail.addressed.thread)
    if mail.is_too_large:
        raise _RefusedError(Outcome.TOO_LARGE, thread)
    text = own_text(text_of(mail.message))
    if not text:
        raise _RefusedError(Outcome.EMPTY, thread)
    if len(text) > SOURCE_LENGTH:
        raise _RefusedError(Outcome.TOO_LARGE, thread)
    return sender, _Answer(thread, text, enclosed_in(mail.message))


def _thread(user: User, pk: int) -> Thread:
    threads = Thread.objects.visible_to(user).select_related("category")
    thread = threads.filter(pk=pk).first()
    if thread is not None and thread.merged_into_id:
        thread = threads.filter(pk=where_it_went(thread).pk).first()
    if thread is None:
        raise _RefusedError(Outcome.GONE)
    return thread


def _write(user: User, found: _Answer, key: str) -> Post:
    token = uuid5(NAMESPACE_OID, key)
    draft: Draft | None = None
    try:
        if found.enclosed.files:
            draft = save_draft(user, Typed(key=f"mail:{key[:40]}", token=token, source=found.text))
            attach(draft, found.enclosed.files)
        return answer(user, found.thread, found.text, by_mail=True, draft=draft, token=token)
    except PermissionDenied:
        raise _RefusedError(Outcome.REFUSED, found.thread) from None
    except ClosedError:
        raise _RefusedError(Outcome.CLOSED, found.thread) from None
    except LimitError as error:
        if error.code == "rate":
            raise DeferredError from None
        raise _RefusedError(Outcome.REFUSED, found.thread, " ".join(error.messages)) from None


def _person(address: str) -> User | None:
    """Whose verified address it is, as long as they have an account that is open."""
    if not address:
        return None
    owned = EmailAddress.objects.filter(email__iexact=address, verified=True, user__is_active=True)
    found = owned.select_related("user").first()
    return found.user if found is not None else None
