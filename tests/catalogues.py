"""What is to be translated, read from the sources, and how it is, read from the catalogues."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages import pofile
from django.utils.translation.template import templatize

# Which arguments of a translating function are its context (or None) and its forms.
FUNCTIONS = {
    "gettext": (None, (0,)),
    "gettext_noop": (None, (0,)),
    "ngettext": (None, (0, 1)),
    "pgettext": (0, (1,)),
    "npgettext": (0, (1, 2)),
}
_NAMED = re.compile(r"%\((\w+)\)[a-z]")
_POSITIONAL = re.compile(r"%[sdif]")
_CALL = re.compile(r"\b(?:_|n?p?gettext)\((?:[^()\"']|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')*\)")

Key = tuple[str, str]


@dataclass(frozen=True)
class Wanted:
    """A message in the sources; ``forms`` are the singular and, when there is one, the plural."""

    context: str
    forms: tuple[str, ...]
    place: str

    @property
    def key(self) -> Key:
        return self.context, self.forms[0]


@dataclass(frozen=True)
class Translated:
    """An entry of a catalogue. ``forms`` as in the sources, ``texts`` as in the language."""

    context: str
    forms: tuple[str, ...]
    texts: tuple[str, ...]
    fuzzy: bool
    room: str

    @property
    def key(self) -> Key:
        return self.context, self.forms[0]


def wanted_in_python(paths: Iterable[Path], root: Path) -> Iterator[Wanted]:
    """Messages in Python files."""
    for path in paths:
        yield from _extracted(path.read_text(encoding="utf-8"), str(path.relative_to(root)))


def wanted_in_templates(paths: Iterable[Path], root: Path) -> Iterator[Wanted]:
    """Messages in Django templates.

    Django turns a template into text in which every message is a call; only the calls are kept,
    for between them stands what no parser of Python reads.
    """
    for path in paths:
        text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        calls = "\n".join(" ".join(call.splitlines()) for call in _CALL.findall(text))
        yield from _extracted(calls, str(path.relative_to(root)))


def _extracted(source: str, place: str) -> Iterator[Wanted]:
    """Messages in Python source; f-strings are looked into, which Babel's own reader does not."""
    tree = ast.parse(source)
    names = {"_": "gettext"} | {
        alias.asname: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.asname
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = (
                node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
            )
            function = FUNCTIONS.get(names.get(called, called).removesuffix("_lazy"))
            if function is not None:
                yield from _of_call(node, *function, place)


def _of_call(
    call: ast.Call, context: int | None, forms: tuple[int, ...], place: str
) -> Iterator[Wanted]:
    literals = [
        arg.value if isinstance(arg, ast.Constant) and isinstance(arg.value, str) else None
        for arg in call.args
    ]
    if len(literals) > forms[-1]:
        said = tuple(literals[index] or "" for index in forms)
        if all(said):
            about = literals[context] if context is not None else None
            yield Wanted(about or "", said, f"{place}:{call.lineno}")


def entries_of(path: Path, room: str) -> Iterator[Translated]:
    """All entries of a catalogue but its heading, obsolete ones left out."""
    with path.open("rb") as file:
        catalogue = pofile.read_po(file)
    for message in catalogue:
        if message.id:
            forms = (message.id,) if isinstance(message.id, str) else tuple(message.id)
            texts = (message.string,) if isinstance(message.string, str) else message.string
            yield Translated(
                message.context or "", forms, tuple(texts or ("",)), message.fuzzy, room
            )


def untranslated(wanted: Iterable[Wanted], entries: Iterable[Translated]) -> list[str]:
    """Messages without an entry, or with an empty or fuzzy one."""
    known: dict[Key, list[Translated]] = defaultdict(list)
    for entry in entries:
        known[entry.key].append(entry)
    return sorted(
        {
            f"{each.place}: {' | '.join(filter(None, (each.context, *each.forms)))}"
            for each in wanted
            if not any(_serves(entry, each) for entry in known[each.key])
        }
    )


def _serves(entry: Translated, wanted: Wanted) -> bool:
    plural_fits = len(wanted.forms) == 1 or entry.forms == wanted.forms
    return plural_fits and not entry.fuzzy and all(entry.texts)


def misplaced_placeholders(entries: Iterable[Translated]) -> list[str]:
    """Entries whose translation fills in something else than the message does."""
    return [
        f"{entry.room}: {entry.forms[0]!r} → {text!r}"
        for entry in entries
        for number, text in enumerate(entry.texts)
        if text and not _same_placeholders(entry.forms, text, singular=number == 0)
    ]


def _same_placeholders(forms: tuple[str, ...], text: str, *, singular: bool) -> bool:
    form = forms[0] if singular else forms[-1]
    names = set(_NAMED.findall(text))
    if len(forms) > 1:
        # "én fasilitet" may leave the number out.
        return names <= set(_NAMED.findall(" ".join(forms)))
    same = names == set(_NAMED.findall(form))
    return same and _POSITIONAL.findall(text) == _POSITIONAL.findall(form)


def conflicts(entries: Iterable[Translated]) -> list[str]:
    """Messages that rooms translate differently: the site has one translation for all of them."""
    texts: dict[Key, dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        texts[entry.key][entry.texts].append(entry.room)
    return sorted(
        f"{key[1]!r}: " + "; ".join(f"{', '.join(rooms)}: {t[0]!r}" for t, rooms in each.items())
        for key, each in texts.items()
        if len(each) > 1
    )


def unused(wanted: Iterable[Wanted], entries: Iterable[Translated], others: set[str]) -> list[str]:
    """Entries that nothing asks for; ``others`` are messages of the packages the site runs on."""
    asked = {each.key for each in wanted}
    return sorted(
        f"{entry.room}: {entry.forms[0]!r}"
        for entry in entries
        if entry.key not in asked and entry.forms[0] not in others
    )
