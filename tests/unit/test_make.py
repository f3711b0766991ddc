"""Setting up: recipes of the Makefile are made of what there is and do what they say, in a small checkout; locks hold what is asked for."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from orchestration.paths import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[1].split()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# Which extras each lock holds, besides what always runs.
LOCKS = {"run": [], "dev": ["dev"], "shared": ["postgres", "openlineage"], "spark": ["spark"], "spark-client": ["spark-client"]}

# By their checks: formatting, an unused import, a type, a keyword in capitals.
UNTIDY = {
    "orchestration/a.py": '"""A module."""\n\nimport os\n\nNAMES = [ "a" ]\n',
    "orchestration/b.py": '"""A module."""\n\nCOUNT: int = "one"\n',
    "dbt_project/models/c.sql": "SELECT 1 as a\n",
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A checkout of a few files, whose set-up is the one that runs this test."""
    for name in ("Makefile", "pyproject.toml", ".sqlfluff"):
        shutil.copy(ROOT / name, tmp_path)
    for folder in ("orchestration", "expectations", "tools"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").write_text('"""A room."""\n', encoding="utf-8")
    for folder in ("dbt_project/models", "dbt_project/tests", "requirements", ".venv"):
        (tmp_path / folder).mkdir(parents=True)
    for lock in (*LOCKS, "seeds"):
        (tmp_path / "requirements" / f"{lock}.lock").touch()
    (tmp_path / ".venv" / "bin").symlink_to(Path(sys.prefix) / "bin")
    for stamp in ("run", "dev", "spark"):
        (tmp_path / ".venv" / stamp).touch()
    return tmp_path


def imported(path: Path) -> set[str]:
    """The top-level modules that a module imports, wherever in it."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level]
    return {name.partition(".")[0] for name in names}


def make(house: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", *arguments], cwd=house, check=False, capture_output=True, text=True)


@pytest.mark.parametrize("target", TARGETS)
def test_every_recipe_is_made_of_programs_that_there_are(house: Path, target: str) -> None:
    said = make(house, "--dry-run", "--no-print-directory", target)
    assert said.returncode == 0, said.stderr
    commands = [line for line in said.stdout.splitlines() if line]
    programs = {next(word for word in line.split() if "=" not in word) for line in commands}  # behind what is set for it
    assert programs
    # uv is not part of a set-up: `make lock` says how to come by it.
    assert [name for name in programs - {"command", "uv"} if not shutil.which(name) and not (house / name).exists()] == []


def test_check_tells_what_is_out_of_order_and_changes_nothing_and_format_mends_what_it_can(house: Path) -> None:
    for name, text in UNTIDY.items():
        (house / name).write_text(text, encoding="utf-8")
    assert make(house, "check").returncode != 0
    every = make(house, "--ignore-errors", "check").stdout  # goes on behind the first check that fails
    for told in ("reformatted\n --> orchestration/a.py", "F401", "orchestration/b.py:3: error: Incompatible types", "c.sql] FAIL"):
        assert told in every
    assert {name: (house / name).read_text(encoding="utf-8") for name in UNTIDY} == UNTIDY

    assert make(house, "format").returncode == 0
    assert (house / "orchestration/a.py").read_text(encoding="utf-8") == '"""A module."""\n\nNAMES = ["a"]\n'
    (house / "orchestration/b.py").unlink()
    (house / "dbt_project/models/c.sql").write_text("select 1 as a\n", encoding="utf-8")
    mended = make(house, "check")
    assert mended.returncode == 0, mended.stdout + mended.stderr


def test_clean_takes_the_set_up_and_what_refreshes_made_and_nothing_else(house: Path) -> None:
    for folder in ("raw", "warehouse/build", "warehouse/releases/one"):
        (house / folder).mkdir(parents=True)
    (house / "warehouse" / "current").symlink_to("releases/one")
    (house / "warehouse" / "README.md").touch()
    before = {path.name for path in house.iterdir()}
    assert make(house, "clean").returncode == 0
    assert before - {path.name for path in house.iterdir()} == {".venv"}
    assert [path.name for path in (house / "warehouse").iterdir()] == ["README.md"]


@pytest.mark.parametrize("lock", [*LOCKS, "seeds"])
def test_every_line_of_a_lock_names_one_version_and_its_hashes_and_no_index(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.lock").read_text(encoding="utf-8")
    pinned = re.findall(r"^[\w.-]+==\S+.*(?:\n    --hash=sha256:[0-9a-f]{64}.*)+", text, re.MULTILINE)
    assert pinned
    assert len(pinned) == len(re.findall(r"^\S(?<!#)", text, re.MULTILINE))
    assert "://" not in text


def test_what_is_imported_is_asked_for_by_name() -> None:
    groups = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    asked = {canonicalize_name(Requirement(line).name) for group in groups for line in group}
    seeds = (ROOT / "requirements" / "seeds.in").read_text(encoding="utf-8")
    asked |= set(re.findall(r"^([\w-]+)==", seeds, re.MULTILINE))
    bring = packages_distributions()
    ours = {"orchestration", "expectations", "tools", "tests", "benchmarks"}
    wrong = set()
    for path in (path for folder in (*ours, "examples") for path in (ROOT / folder).rglob("*.py")):
        for module in imported(path) - ours - sys.stdlib_module_names:
            if not asked & set(map(canonicalize_name, bring.get(module, [module]))):
                wrong.add(f"{path.relative_to(ROOT)}: {module}")
    assert sorted(wrong) == [], "a package that comes with another may stay away one day: name it in pyproject.toml"


@pytest.mark.parametrize("lock", LOCKS)
def test_the_locks_hold_what_pyproject_asks_for(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.lock").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE))
    asked = [Requirement(line) for extra in LOCKS[lock] for line in PROJECT["optional-dependencies"][extra]]
    asked += [Requirement(line) for line in PROJECT["dependencies"]]
    wrong = [str(one) for one in asked if one.name != PROJECT["name"] and not one.specifier.contains(locked.get(one.name, "0"))]
    assert wrong == [], "run `make lock`"
