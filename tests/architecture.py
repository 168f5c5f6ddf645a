"""Reading which module imports which, and judging it by the rules that rooms live by.

Nothing is executed: the sources are parsed. A *room* is an app (``search``, ``network.parks``) or
the modules that lie beside the apps of ``network``.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ON_THE_PATH = ("site", ".")
GROUPS = ("network",)


@dataclass(frozen=True)
class Import:
    """One imported name. ``inside`` says that it stands in a function, ``typing`` that it is only
    for type checkers."""

    importer: str
    imported: str
    path: str
    line: int
    inside: bool = False
    typing: bool = False

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.importer} imports {self.imported}"


@dataclass(frozen=True)
class Rule:
    """What a room may see: other rooms as a whole, and of some only the modules named here."""

    rooms: frozenset[str]
    only: Mapping[str, frozenset[str]]


def rule(*rooms: str, **only: Iterable[str]) -> Rule:
    """A room sees ``rooms``, and of each room in ``only`` no more than its named modules."""
    return Rule(frozenset(rooms), {room: frozenset(modules) for room, modules in only.items()})


def modules_below(root: Path) -> dict[str, Path]:
    """Every module of the rooms by its import name; migrations are left out."""
    found: dict[str, Path] = {}
    for start in (root / "site", *(root / name for name in ("network", "courses", "search"))):
        for path in sorted(start.rglob("*.py")):
            relative = path.relative_to(root / "site" if start.name == "site" else root)
            if "migrations" in relative.parts or "node_modules" in relative.parts:
                continue
            parts = relative.with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports_below(root: Path) -> list[Import]:
    """Everything that the modules of the rooms import, from wherever."""
    return [
        each for name, path in modules_below(root).items() for each in imports_of(name, path, root)
    ]


def imports_of(name: str, path: Path, root: Path) -> Iterator[Import]:
    """What one file imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = _below(tree, (ast.FunctionDef, ast.AsyncFunctionDef))
    typing = {id(node) for guard in _typing_guards(tree) for node in ast.walk(guard)}
    for node in ast.walk(tree):
        for imported in _imported(node, name, is_package=path.name == "__init__.py"):
            yield Import(
                name, imported, str(path.relative_to(root)), node.lineno,
                id(node) in inside, id(node) in typing,
            )  # fmt: skip


def _below(tree: ast.AST, kinds: tuple[type[ast.AST], ...]) -> set[int]:
    tops = [node for node in ast.walk(tree) if isinstance(node, kinds)]
    return {id(node) for top in tops for node in ast.walk(top)}


def _typing_guards(tree: ast.AST) -> list[ast.If]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
    ]


def _imported(node: ast.AST, importer: str, *, is_package: bool) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = node.module or ""
    if node.level:
        parents = importer.split(".")
        kept = len(parents) - node.level + (1 if is_package else 0)
        base = ".".join([*parents[:kept], *([base] if base else [])])
    return [f"{base}.{alias.name}" for alias in node.names]


def room_of(name: str, rooms: Iterable[str]) -> str:
    """The room that a dotted name belongs to; empty for what is not ours."""
    first, _, rest = name.partition(".")
    if first in GROUPS:
        inner = f"{first}.{rest.partition('.')[0]}"
        return inner if inner in rooms else first
    return first if first in rooms else ""


def forbidden(imports: Iterable[Import], rules: Mapping[str, Rule]) -> list[str]:
    """Imports that no rule allows, as sentences."""
    complaints = []
    for each in imports:
        importer, target = room_of(each.importer, rules), room_of(each.imported, rules)
        if not target or importer == target:
            continue
        allowed = rules[importer]
        if target in allowed.rooms:
            continue
        shown = allowed.only.get(target)
        if shown is None:
            complaints.append(f"{each}; {importer} must not see {target}")
        elif not any(_is_within(each.imported, f"{target}.{module}") for module in shown):
            complaints.append(f"{each}; {target} shows {importer} only {', '.join(sorted(shown))}")
    return complaints


def _is_within(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")


def cycles(imports: Iterable[Import], modules: Iterable[str]) -> list[list[str]]:
    """Modules that import each other in a circle when they are loaded."""
    known = set(modules)
    edges: dict[str, set[str]] = defaultdict(set)
    for each in imports:
        if each.inside or each.typing:
            continue
        target = each.imported if each.imported in known else each.imported.rpartition(".")[0]
        # A package that gathers its modules, and a module that asks its own package, are one thing.
        if target in known and not _related(each.importer, target):
            edges[each.importer].add(target)
    return [sorted(circle) for circle in _circles(edges) if len(circle) > 1]


def _related(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def _circles(edges: Mapping[str, set[str]]) -> list[set[str]]:
    """Strongly connected components: whatever reaches each other both ways."""
    reach = {start: _reached(start, edges) for start in edges}
    found: list[set[str]] = []
    for start in sorted(reach):
        circle = {other for other in reach[start] if start in reach.get(other, ())}
        if circle and circle not in found:
            found.append(circle)
    return found


def _reached(start: str, edges: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(edges[start])
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(edges.get(name, ()))
    return seen
