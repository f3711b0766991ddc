"""The manifest: what a release was made from, what it holds, who let it through. Sealed, so that damage to itself shows too."""

import hashlib
import json
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from orchestration.common.files import files_below, sha256
from orchestration.releasing.store import MANIFEST

PARTS = ("release_id", "created_at", "inputs", "code_digest", "tables", "gate_record", "accepted_changes", "versions", "files", "seal")

_TOOLS = ("jiqun", "duckdb", "dbt-core", "dbt-duckdb", "great-expectations", "dagster")


def write_manifest(folder: Path, facts: Mapping[str, Any]) -> None:
    """Write `manifest.json` as the last file of a release folder: the facts, the tools, every file's hash, and the seal over it all."""
    manifest = {**facts, "versions": tool_versions(), "files": file_hashes(folder)}
    manifest["seal"] = seal(manifest)
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def seal(manifest: Mapping[str, Any]) -> str:
    """The sha256 of everything a manifest says but its seal."""
    rest = {key: value for key, value in manifest.items() if key != "seal"}
    return hashlib.sha256(json.dumps(rest, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def file_hashes(folder: Path) -> dict[str, dict[str, Any]]:
    """Size and sha256 of every file below a release folder but the manifest itself, by relative path."""
    return {
        name: {"bytes": (folder / name).stat().st_size, "sha256": sha256(folder / name)} for name in files_below(folder) if name != MANIFEST
    }


def tool_versions() -> dict[str, str]:
    """Versions of what made this release; a tool that is not installed is left out."""
    versions = {"python": platform.python_version()}
    for tool in _TOOLS:
        try:
            versions[tool] = version(tool)
        except PackageNotFoundError:
            continue
    return versions
