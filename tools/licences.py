"""Writes docs/licences.md: under which terms the packages of a running Jiqun stand, as they say themselves.

Run from the root after `make lock`, in an environment that has them: `python -m tools.licences`, or `make licences`.
"""

import re
from collections import defaultdict
from importlib.metadata import distribution

from orchestration.paths import ROOT

LICENCES = ROOT / "docs" / "licences.md"
_LOCKS = ("run", "shared")
_PACKAGE = re.compile(r"^([\w.-]+)==[^ ;]+ (?![^\n]*sys_platform == '(?:win32|emscripten)')", re.MULTILINE)
_LONGEST = 60  # characters: a package that quotes its whole licence names it in its classifiers
_HEAD = """# Licences

Written by `make licences` from what each package of `requirements/run.lock` and `requirements/shared.lock` says of itself; not edited by
hand. None of them is changed or shipped: a set-up fetches them. Data that is shipped is in the README, the tests' tools in `dev.lock`.

| licence | packages |
|---|---|
"""
# One licence, written as packages write it.
_SPELLINGS = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}


def licences() -> str:
    """The page as it should be."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in sorted({name for lock in _LOCKS for name in _packages(lock)}):
        found[_licence(name)].append(name)
    rows = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return _HEAD + "".join(f"| {licence} | {', '.join(names)} |\n" for licence, names in rows)


def _packages(lock: str) -> list[str]:
    return _PACKAGE.findall((ROOT / "requirements" / f"{lock}.lock").read_text(encoding="utf-8"))


def _licence(name: str) -> str:
    """An SPDX expression where the package gives one, else its own words.

    Raises:
        ValueError: It says nothing.
    """
    said = distribution(name).metadata.json
    classifiers = [line.rpartition(" :: ")[2] for line in said.get("classifier", ()) if line.startswith("License ::")]
    words = [said.get("license_expression"), " or ".join(_SPELLINGS.get(each, each) for each in classifiers), said.get("license")]
    licence = next((word for word in words if word and len(word) <= _LONGEST), None) or words[1]
    if not licence:
        raise ValueError(f"{name} names no licence: look it up, and say here what was found")
    return _SPELLINGS.get(str(licence), str(licence))


if __name__ == "__main__":
    LICENCES.write_text(licences(), encoding="utf-8")
