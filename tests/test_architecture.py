"""The arrows of the architecture, and the rules that files live by.

docs/architecture.md draws them. Whoever has a reason to change a rule changes it here and there.
"""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture import (
    cycles,
    forbidden,
    imports_below,
    imports_of,
    modules_below,
    rule,
)

ROOT = Path(__file__).resolve().parents[1]

# What of the search's room is meant for the rooms that declare and list what is searchable.
SEARCH_FOR_ROOMS = {
    "api",
    "documents",
    "facets",
    "finding",
    "links",
    "knowledge.SynonymSource",
    "knowledge.provide_synonyms",
    "listing",
    "models.SearchEntry",
    "params",
    "projection",
    "query",
    # What is said compared with what people declare, by the same language layer.
    "subjects",
}
BELOW_ROOMS = ("accounts", "activity", "alerts", "ui")
DOMAIN = ("network", "network.parks", "network.organisations")
EVERYTHING = (
    "accounts", "activity", "alerts", "courses", "network", "network.facilities", "network.forum",
    "network.organisations", "network.parks", "operations", "pages", "search", "ui",
)  # fmt: skip

RULES = {
    "config": rule(*EVERYTHING),
    "operations": rule(*EVERYTHING),
    "ui": rule(),
    "accounts": rule("ui"),
    "activity": rule("accounts", "ui"),
    "search": rule("accounts", "ui"),
    "alerts": rule("accounts", "activity", "search", "ui"),
    # Best practice names the parks and organisations that it is of.
    "pages": rule("accounts", "activity", "network.organisations", "network.parks", "search", "ui"),
    # What the rooms of the network share; it knows the parks' record of what was loaded.
    "network": rule(*BELOW_ROOMS, "network.parks", search=SEARCH_FOR_ROOMS),
    "network.parks": rule(*BELOW_ROOMS, "network", search=SEARCH_FOR_ROOMS),
    "network.organisations": rule(
        *BELOW_ROOMS, "network", "network.parks", search=SEARCH_FOR_ROOMS
    ),
    "network.facilities": rule(*BELOW_ROOMS, *DOMAIN, search=SEARCH_FOR_ROOMS),
    # It makes articles of solved threads; what else there is it knows by the search's keys alone.
    "network.forum": rule(*BELOW_ROOMS, *DOMAIN, "pages", search=SEARCH_FOR_ROOMS),
    "courses": rule(*BELOW_ROOMS, *DOMAIN, search=SEARCH_FOR_ROOMS),
}

# Where an import may stand in a function, and why.
INSIDE_FUNCTIONS = {
    r"(site|network|search|courses)/.*apps\.py": "models are loaded only when apps are ready",
    r"search/engines/__init__\.py": "the cluster's client costs memory that embedded search saves",
    r"site/pages/practice/pdf\.py": "what sets a PDF costs memory and may be missing",
    r"site/operations/bench/inside\.py": "Django must be set up in the measured process first",
    r"manage\.py": "the path must be set first",
}
LONGER_FILES: dict[str, str] = {}
MAX_LINES = 420
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "shared_code", "manager2"}


def tracked(*suffixes: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [p for p in paths if p.is_file() and (not suffixes or p.suffix in suffixes)]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_every_arrow_points_the_allowed_way():
    assert forbidden(imports_below(ROOT), RULES) == []


def test_modules_do_not_import_each_other_in_a_circle():
    assert cycles(imports_below(ROOT), modules_below(ROOT)) == []


def test_every_room_has_its_rule():
    rooms = {f"network.{path.parent.name}" for path in ROOT.glob("network/*/apps.py")}
    rooms |= {path.parent.name for path in ROOT.glob("site/*/apps.py")}
    assert rooms <= set(RULES)


def test_imports_stand_at_the_top_unless_there_is_a_reason():
    everything = imports_below(ROOT) + list(imports_of("manage", ROOT / "manage.py", ROOT))
    misplaced = [
        str(each)
        for each in everything
        if each.inside and not any(re.fullmatch(where, each.path) for where in INSIDE_FUNCTIONS)
    ]
    assert misplaced == []


def test_site_hides_no_module_of_python():
    assert not (ROOT / "site" / "__init__.py").exists()


def test_files_say_what_they_hold():
    vague = [name_of(path) for path in tracked() if path.stem in VAGUE_NAMES]
    assert vague == []


def test_files_are_short():
    long = {
        name_of(path): lines
        for path in tracked(".py")
        if not {"migrations", "data"} & set(path.parts)
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > MAX_LINES
    }
    assert long.keys() == LONGER_FILES.keys(), long


# Put together here, so that this file does not hold what it looks for.
HOSTS = [
    "pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com",
    "repo1.maven" + ".org", "repo.maven" + ".apache.org", "maven.central" + ".org",
]  # fmt: skip
PLACES = ["/work" + "/", "/root" + "/", "/home" + "/"]


@pytest.mark.parametrize("forbidden_text", HOSTS + PLACES)
def test_the_repository_depends_on_no_registry_and_no_machine(forbidden_text):
    pattern = re.compile(rf"(?<![\w.]){re.escape(forbidden_text)}".encode())
    found = [name_of(path) for path in tracked() if pattern.search(path.read_bytes())]
    assert found == []


def variables_read() -> set[str]:
    """Names of environment variables of ours, wherever Python or a script mentions them."""
    pattern = re.compile(r"\b(?:PARKNETT_[A-Z_]+[A-Z]|DATABASE_URL|SEARCH_URL)\b")
    scripts = [path for path in tracked("") if path.parent.name in {"bin", ".ci"}]
    names = {name for path in scripts for name in pattern.findall(path.read_text("utf-8"))}
    for path in tracked(".py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                names |= {node.value} if pattern.fullmatch(node.value) else set()
    return names


def variables_documented() -> set[str]:
    table = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([A-Z_]+)` \|", table, flags=re.MULTILINE))


def test_every_setting_is_documented_and_every_documented_one_exists():
    # How the commands tell themselves that they have found their interpreter; nobody sets it.
    internal = {"PARKNETT_PYTHON_CHOSEN"}
    standard = {"DJANGO_SETTINGS_MODULE"}
    assert variables_read() - internal == variables_documented() - standard


def test_the_environment_is_read_in_the_settings_alone():
    readers = {
        name_of(path)
        for start in ("site", "network", "search", "courses")
        for path in (ROOT / start).rglob("*.py")
        if "node_modules" not in path.parts
        and re.search(r"os\.(environ|getenv)|\benviron\[", path.read_text(encoding="utf-8"))
        # The measurements hand their own environment on to the sites they start.
        and path.parent.name != "bench"
    }
    # The latter only names the settings module.
    assert readers <= {"site/config/env.py", "site/config/wsgi.py"}


def test_links_of_the_documents_lead_somewhere():
    documents = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    broken = [
        f"{name_of(document)}: {target}"
        for document in documents
        for target in re.findall(
            r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")
        )
        if not (document.parent / target).exists()
    ]
    assert documents
    assert broken == []


class TestThatTheRulesCanFail:
    """The same functions, over a small tree that breaks every rule."""

    @pytest.fixture
    def made_up(self, tmp_path):
        sources = {
            "site/ui/cards.py": "from network.parks.models import Park\n",
            "site/accounts/roles.py": "from ui.cards import Card\n",
            "search/finding.py": "import network.parks.models\n",
            "search/words.py": "from . import finding\nfrom .finding import find\n",
            "search/engines.py": "",
            "network/parks/models.py": "from network.parks import views\n",
            "network/parks/views.py": (
                "from network.parks.models import Park\n"
                "from network.facilities.models import Facility\n"
                "from search.engines import engine\n"
                "from search.finding import find\n"
                "def show():\n    from search import query\n"
            ),
            "network/facilities/models.py": (
                "from typing import TYPE_CHECKING\n"
                "from network.parks.models import Park\n"
                "if TYPE_CHECKING:\n    from network.facilities.views import show\n"
            ),
            "network/facilities/views.py": "from network.facilities.models import Facility\n",
        }
        for name, text in sources.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return tmp_path

    def test_wrong_arrows_are_found(self, made_up):
        complaints = "\n".join(forbidden(imports_below(made_up), RULES))
        assert "ui must not see network.parks" in complaints
        assert "search must not see network" in complaints
        assert "network.parks must not see network.facilities" in complaints
        assert "network.parks imports" not in complaints
        assert "search shows network.parks only" in complaints
        assert complaints.count("\n") == 3

    def test_right_arrows_are_not(self, made_up):
        complaints = "\n".join(forbidden(imports_below(made_up), RULES))
        assert "accounts" not in complaints
        assert "search.finding" not in complaints.replace("search.finding imports", "")
        assert "network.facilities.models imports" not in complaints

    def test_circles_are_found_but_not_those_for_type_checkers(self, made_up):
        circles = cycles(imports_below(made_up), modules_below(made_up))
        assert circles == [
            [
                "network.facilities.models",
                "network.parks.models",
                "network.parks.views",
                "search.finding",
            ]
        ]

    def test_relative_imports_are_followed(self, made_up):
        imported = {e.imported for e in imports_below(made_up) if e.importer == "search.words"}
        assert imported == {"search.finding", "search.finding.find"}

    def test_an_import_in_a_function_is_noticed(self, made_up):
        inside = [each for each in imports_below(made_up) if each.inside]
        assert [each.imported for each in inside] == ["search.query"]
