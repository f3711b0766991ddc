"""The house as docs/architecture.md draws it: arrows point one way, rooms and functions fit a screen, what the documents claim is there."""

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
import typer

from orchestration.cli import app
from orchestration.paths import ROOT
from orchestration.reading.containers import CONTAINERS
from orchestration.reading.sidecar import KEYS
from tests.pages import PAGES, commands_in

CODE = sorted(path for folder in ("orchestration", "expectations", "tools") for path in (ROOT / folder).rglob("*.py"))

# What a room may import besides itself, the libraries and the common ground below; a new arrow is drawn here, or better not at all.
COMMON = {"errors", "paths", "common"}
ARROWS = {
    "common": {"errors", "paths"},
    "reading": COMMON,
    "deciding": COMMON,
    "conforming": {"reading", *COMMON},
    "gating": {"expectations", *COMMON},
    "releasing": {"expectations", "gating", *COMMON},
    "raw": {"reading", "deciding", "releasing", *COMMON},
    "remote": {"reading", "alerting", *COMMON},
    "alerting": {"errors"},
    "asking": {"expectations", "reading", "gating", "releasing", *COMMON},
    "spark": {"expectations", "reading", "conforming", "gating", *COMMON},
    "refreshing": {"expectations", "reading", "deciding", "conforming", "gating", "releasing", "raw", "spark", *COMMON},
    "expectations": set[str](),
}


def imports(path: Path) -> Iterator[str]:
    """The rooms and modules of this project that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [a.name for a in node.names]
            if isinstance(node, ast.Import)
            else []
        )
        if names == ["orchestration"]:
            names = [f"orchestration.{alias.name}" for alias in node.names]
        for name in names:
            top, *below = name.split(".")
            if top == "orchestration" and below:
                yield below[0]
            elif top in ("expectations", "tools"):
                yield top


@pytest.mark.parametrize("room", ARROWS)
def test_arrows_between_rooms_point_one_way(room: str) -> None:
    folder = ROOT / room if room == "expectations" else ROOT / "orchestration" / room
    drawn = {(path.relative_to(ROOT).as_posix(), name) for path in folder.rglob("*.py") for name in imports(path)}
    wrong = sorted(f"{path} imports {name}" for path, name in drawn if name not in ARROWS[room] | {room})
    assert wrong == [], f"{room} is not to know these: hand it what it needs as an argument, or move what both need to common ground"


def test_rooms_and_modules_stand_on_one_another_in_one_order() -> None:
    floors: dict[str, set[str]] = {}
    for path in CODE:
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = parts[1] if parts[0] == "orchestration" else parts[0]
        floors.setdefault(name, set()).update(set(imports(path)) - {name})
    # Raises CycleError, which names the circle: what both need belongs below both.
    assert len(list(TopologicalSorter(floors).static_order())) >= len(floors)


def test_the_readers_stand_as_their_map_says() -> None:
    folder = ROOT / "orchestration" / "reading"
    here, *floors = (folder / "__init__.py").read_text(encoding="utf-8").split("\n* ")
    drawn = {"": set(re.findall(r"`([a-z]+)`", here))} | {floor.split("/")[0]: set(re.findall(r"`(\w+)`", floor)) for floor in floors}
    there = {name: {path.stem for path in (folder / name).glob("*.py")} - {"__init__"} for name in drawn}
    assert drawn == there, "name each module of reading/ once at the head of reading/__init__.py, under its folder"
    below = [
        f"{path.relative_to(folder)} imports {name}"
        for number, floor in enumerate([*drawn][1:], 1)
        for path in (folder / floor).glob("*.py")
        for name in re.findall(r"from orchestration\.reading\.(\w+)", path.read_text(encoding="utf-8"))
        if name in [*drawn][number + 1 :]
    ]
    assert below == [], "who reads stands on the folders above it in the map: move what both need up"


def test_nothing_imports_the_commands_but_the_command_line() -> None:
    outside = [path for path in CODE if path.parent.name != "commands" and path.name != "cli.py"]
    wrong = [path.relative_to(ROOT).as_posix() for path in outside if "commands" in imports(path)]
    assert wrong == [], "commands say things to people: move what others need below them"


def test_no_module_is_longer_than_one_reads_at_a_sitting() -> None:
    long = {path.relative_to(ROOT).as_posix(): n for path in CODE if (n := path.read_text(encoding="utf-8").count("\n")) > 400}
    assert long == {}, "a module of over 400 lines holds two things: give each its own"


def test_no_function_is_longer_than_a_screen() -> None:
    functions = (
        (path, node)
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    long = [f"{path.relative_to(ROOT)}: {node.name}" for path, node in functions if (node.end_lineno or 0) - node.lineno > 65]
    assert long == [], "a function is read whole or not at all: name its parts"


def test_every_silenced_check_has_its_reason() -> None:
    silenced = re.compile(r"# (?:type: ignore|noqa)(?:\[[^\]]*\]|: [A-Z0-9, ]+)?(.*)")
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in CODE
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (match := silenced.search(line)) and not match[1].strip(" #")
    ]
    assert bare == [], "say after the comment why the checker is wrong here, or mend what it found"


def test_tests_that_the_documents_name_exist() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    there = set(re.findall(r"def (test_\w+)", sources)) | {path.name for path in (ROOT / "tests").rglob("test_*.py")}
    named = {(page.name, name) for page in PAGES for name in re.findall(r"\b(test_\w+(?:\.py)?)", page.read_text(encoding="utf-8"))}
    assert sorted(f"{page}: {name}" for page, name in named if name not in there) == []


def test_files_that_the_documents_name_exist() -> None:
    there = [name for path in ROOT.rglob("*") if not (name := path.relative_to(ROOT).as_posix()).startswith(".")]
    named = {(page.name, name) for page in PAGES for name in re.findall(r"`([\w./]+\.(?:py|sql|csv))`", page.read_text(encoding="utf-8"))}
    assert sorted(f"{page}: {name}" for page, name in named if not any(f"/{path}".endswith(f"/{name}") for path in there)) == []


def test_the_readme_names_what_a_document_may_be_and_what_may_be_said_of_it() -> None:
    (told,) = re.findall(
        r"^A new document needs no code.*?layout\)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert re.findall(r"`(\.[a-z]+)`", told) == [container.suffixes[0] for container in CONTAINERS]
    assert re.findall(r"\w+", told[told.rindex("(") :]) == list(KEYS)


def test_links_of_the_documents_lead_somewhere() -> None:
    broken = [
        f"{page.name}: {target}"
        for page in PAGES
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_in_the_documents_are_commands(page: Path) -> None:
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    wrong = []
    for name, *words in filter(None, commands_in(page)):
        if name.startswith("-"):
            continue
        command = group.commands.get(name)
        options = {option for parameter in command.params for option in parameter.opts} | {"--help"} if command else set()
        wrong += (
            [name]
            if command is None
            else [f"{name} {word}" for word in words if word.startswith("--") and word.split("=")[0] not in options]
        )
    assert wrong == []


def test_make_targets_in_the_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {(page.name, name) for page in PAGES for name in re.findall(r"`make ([a-z-]+)", page.read_text(encoding="utf-8"))}
    assert sorted(f"{page}: make {name}" for page, name in named if name not in targets) == []
