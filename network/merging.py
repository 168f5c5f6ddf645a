"""Two people who edit the same thing at the same time: nothing that either wrote is lost.

A form carries a stamp of each value as it was when the form was opened. When it comes back, only
what the person changed is written. Where somebody else has changed the same field meanwhile, to
something else, nothing is: the person sees both values and chooses.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Manager, Model, QuerySet

STAMP_BYTES: Final = 9
# No form has so many fields that their stamps need more room than this.
MAX_STAMPS_LENGTH: Final = 5000


class ChangedMeanwhile(Exception):  # noqa: N818 - says what has happened
    """Somebody else changed these fields, which the person changed as well.

    ``theirs`` holds, by field, what is stored now.
    """

    def __init__(self, theirs: Mapping[str, Any]) -> None:
        super().__init__(", ".join(theirs))
        self.theirs = dict(theirs)


def stamp(value: Any) -> str:
    """A short text that is the same for the same value, and in practice for no other."""
    text = json.dumps(_plain(value), cls=DjangoJSONEncoder, sort_keys=True)
    return blake2b(text.encode(), digest_size=STAMP_BYTES).hexdigest()


def stamps_of(values: Mapping[str, Any]) -> str:
    """The stamps of ``values``, as a hidden input carries them."""
    return write_stamps({name: stamp(value) for name, value in values.items()})


def write_stamps(stamps: Mapping[str, str]) -> str:
    """Stamps as a hidden input carries them."""
    return json.dumps(dict(stamps), sort_keys=True)


def read_stamps(written: str) -> dict[str, str]:
    """The stamps that came back; empty for anything else, which then counts as changed."""
    if len(written) > MAX_STAMPS_LENGTH:
        return {}
    try:
        read = json.loads(written)
    except ValueError:
        return {}
    if not isinstance(read, dict):
        return {}
    return {name: mark for name, mark in read.items() if isinstance(mark, str)}


def changes(
    mine: Mapping[str, Any], stored: Mapping[str, Any], seen: Mapping[str, str]
) -> dict[str, Any]:
    """What of ``mine`` is to be written over ``stored``, by field.

    Raises ChangedMeanwhile when a field was changed by both, differently.
    """
    theirs: dict[str, Any] = {}
    changed: dict[str, Any] = {}
    for name, value in mine.items():
        wanted, now = stamp(value), stamp(stored[name])
        if wanted in {now, seen.get(name)}:
            continue
        if now == seen.get(name):
            changed[name] = value
        else:
            theirs[name] = stored[name]
    if theirs:
        raise ChangedMeanwhile(theirs)
    return changed


def _plain(value: Any) -> Any:
    """Something JSON can write; line ends as browsers send them count as plain ones."""
    if isinstance(value, Manager | QuerySet):
        return sorted(value.values_list("pk", flat=True))
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, list | tuple | set | frozenset):
        plain = [_plain(each) for each in value]
        return sorted(plain) if all(isinstance(each, Model) for each in value) else plain
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    return "" if value is None else value
