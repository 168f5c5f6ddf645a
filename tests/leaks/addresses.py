"""Every address that the resolver knows, and what is wrong with what is declared of them."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import get_resolver
from django.utils.regex_helper import normalize
from django.utils.translation import override

LANGUAGES = ("nb", "en")
ADMIN = "admin/"
HOW_TO = 'CONTRIBUTING.md, "To add an address"'


@dataclass(frozen=True)
class Address:
    """``pattern`` as in the resolver, ``name`` with its namespaces, empty when it has none."""

    pattern: str
    name: str
    parts: tuple
    room: str

    @property
    def key(self):
        """What a table calls it."""
        return self.name or self.pattern

    @property
    def in_admin(self):
        """Whether it lies in the admin."""
        return self.pattern.startswith(ADMIN)

    @property
    def namespace(self):
        """Under what the admin's addresses are declared: their namespace, else their name."""
        return self.name.partition(":")[0] or self.pattern

    @cached_property
    def parameters(self):
        """Names of what the address wants to know; numbers where it does not name them."""
        return [name for part in self.parts for name in _parameters(part)]

    def path(self, values):
        """The path for ``values`` by parameter."""
        found = "/"
        for part in self.parts:
            found += _filled(part, values)
        return found


def _parameters(pattern):
    regex = pattern.regex
    named = sorted(regex.groupindex, key=regex.groupindex.get)
    return named or [str(number) for number in range(regex.groups)]


def _filled(pattern, values):
    # Django's own way of turning a pattern into a template: it knows all kinds of them.
    template, names = normalize(pattern.regex.pattern.replace(r"\Z", ""))[0]
    return template % {name: values[name.lstrip("_")] for name in names}


def addresses(resolver=None):
    """All addresses, in the language in use."""
    return list(_walk(resolver or get_resolver(), (), (), ""))


def _walk(resolver, parts, namespaces, room):
    for each in resolver.url_patterns:
        inner = (*parts, each.pattern)
        if hasattr(each, "url_patterns"):
            named = (*namespaces, each.namespace) if each.namespace else namespaces
            yield from _walk(each, inner, named, each.app_name or room)
        else:
            name = ":".join((*namespaces, each.name)) if each.name else ""
            pattern = "".join(str(part) for part in inner)
            yield Address(pattern, name, inner, room or _room(each.callback))


def _room(callback):
    return getattr(callback, "__module__", "").split(".")[0] or "pages"


def complaints(rules, admin, resolver=None):
    """What is not declared, declared twice over, or declared and not there; empty when all is well.

    ``rules`` by name and ``admin`` by namespace, as in the tables.
    """
    found, declared_and_there = [], set()
    for language in LANGUAGES:
        with override(language):
            known = addresses(resolver)
        found += [*_undeclared(known, rules, admin), *_ambiguous(known)]
        declared_and_there |= {each.key for each in known}
        declared_and_there |= {each.namespace for each in known if each.in_admin}
    left = {*rules, *admin} - declared_and_there
    found += [f"{name} is declared but there is no such address" for name in sorted(left)]
    return list(dict.fromkeys(found))


def _undeclared(known, rules, admin):
    for each in known:
        if each.in_admin:
            if each.namespace not in admin and each.name not in admin:
                yield (
                    f"/{each.pattern} in the admin is not declared: add "
                    f'"{each.namespace}": Admin(…) to ADMIN in {_table(each)}; see {HOW_TO}'
                )
        elif each.key not in rules:
            yield (
                f'/{each.pattern} is not declared: add "{each.key}": Rule(…) to ADDRESSES in '
                f"{_table(each)}; see {HOW_TO}"
            )


def _table(each):
    return f"tests/leaks/permissions/{each.room.split('_')[0]}.py"


def _ambiguous(known):
    patterns = {}
    for each in known:
        if each.name and not each.in_admin:
            patterns.setdefault(each.name, set()).add(each.pattern)
    for name, found in patterns.items():
        if len(found) > 1:
            yield f"{name} is the name of {sorted(found)}: the tests would ask one of them only"
