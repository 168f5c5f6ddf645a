"""The commands in bin/ go on in Python 3.11, whatever `python3` is."""

import ast
import os
import subprocess
import sys

import pytest

from machinery.places import ROOT

COMMANDS = ("run", "test", "develop", "bench")
# A Python that believes itself to be another version runs a command's first lines.
PRETENDER = """
import sys
sys.version_info = {version}
sys.path.insert(0, {bin!r})
sys.argv = ["bin/run", "--port", "18999"]
from machinery.interpreter import require_python
require_python()
print("went on in", sys.argv)
"""
SAYS_WHAT_IT_GOT = '#!/bin/sh\n[ "$1" = "-c" ] && exit 0\necho "handed over: $@"\n'
DOES_NOT_RUN = "#!/bin/sh\necho 'python3.11: command not found' >&2\nexit 127\n"


def program(folder, text):
    folder.mkdir()
    path = folder / "python3.11"
    path.write_text(text)
    path.chmod(0o755)
    return folder


def start(*folders, version=(3, 13, 1, "final", 0), **variables):
    return subprocess.run(
        [sys.executable, "-c", PRETENDER.format(version=version, bin=str(ROOT / "bin"))],
        env={"PATH": os.pathsep.join(map(str, folders)), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_python_3_11_goes_on_by_itself(tmp_path):
    done = start(program(tmp_path / "a", SAYS_WHAT_IT_GOT), version=(3, 11, 2, "final", 0))
    assert done.stdout == "went on in ['bin/run', '--port', '18999']\n"


@pytest.mark.parametrize("version", [(3, 6, 9), (3, 9, 2), (3, 12, 0), (3, 14, 1)])
def test_another_python_hands_over_with_all_arguments(tmp_path, version):
    done = start(program(tmp_path / "a", SAYS_WHAT_IT_GOT), version=version)
    assert done.stdout == "handed over: bin/run --port 18999\n"
    assert done.returncode == 0


def test_a_python3_11_that_does_not_run_is_passed_over(tmp_path):
    broken = program(tmp_path / "a", DOES_NOT_RUN)
    done = start(broken, program(tmp_path / "b", SAYS_WHAT_IT_GOT))
    assert done.stdout == "handed over: bin/run --port 18999\n"


def test_without_python3_11_it_says_what_is_needed(tmp_path):
    done = start(tmp_path)
    assert done.returncode == 1
    assert "needs Python 3.11; this is 3.13, and there is no python3.11" in done.stderr
    assert "apt install python3.11 python3.11-venv" in done.stderr
    assert "Traceback" not in done.stderr


def test_with_none_that_can_make_an_environment_it_says_which_it_tried(tmp_path):
    broken = program(tmp_path / "a", DOES_NOT_RUN)
    not_even_a_script = program(tmp_path / "b", "\x7fELF")
    done = start(broken, not_even_a_script)
    assert done.returncode == 1
    assert "does not run or lacks its venv module" in done.stderr
    assert f"{broken}/python3.11, {not_even_a_script}/python3.11" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_is_handed_over_once_and_not_round_and_round(tmp_path):
    done = start(program(tmp_path / "a", SAYS_WHAT_IT_GOT), PARKNETT_PYTHON_CHOSEN="1")
    assert done.returncode == 1
    assert "handed over" not in done.stdout


@pytest.mark.parametrize("name", [*COMMANDS, "machinery/__init__.py", "machinery/interpreter.py"])
def test_what_runs_before_the_hand_over_can_be_read_by_old_pythons(name):
    ast.parse((ROOT / "bin" / name).read_text(), feature_version=(3, 6))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_makes_sure_before_it_loads_anything_else(name):
    tree = ast.parse((ROOT / "bin" / name).read_text())
    modules = [node.module for node in tree.body if isinstance(node, ast.ImportFrom)]
    assert modules[0] == "machinery.interpreter"
    called = [
        node.value.func.id
        for node in tree.body
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
        if isinstance(node.value.func, ast.Name)
    ]
    assert called[0] == "require_python"
