"""Versions of documents that are not read, as the warehouse remembers them in `held_back.json`. What holds one back: `admission`."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from orchestration.common.files import write_text
from orchestration.paths import Warehouse


@dataclass(frozen=True, slots=True)
class Held:
    """One version of a document that is not read, and why.

    Attributes:
        file_name: Path relative to the raw folder.
        sha256: Of the version held back; another version of the file is given its own chance.
        code_digest: Of the code that held it back; other code gives it another chance.
        reason: For people.
        admitted: sha256 of the version read in its place, the last one released; None where there was none.
    """

    file_name: str
    sha256: str
    code_digest: str
    reason: str
    admitted: str | None


def held(warehouse: Warehouse) -> dict[str, Held]:
    """What is held back at present, by file name."""
    try:
        stored = json.loads((warehouse.root / "held_back.json").read_text(encoding="utf-8"))
        return {item["file_name"]: Held(**item) for item in stored}
    except (OSError, ValueError, TypeError, KeyError):
        # Lost or damaged: the next refresh meets the same documents and holds the same ones back again.
        return {}


def write_held(warehouse: Warehouse, items: Iterable[Held]) -> None:
    """Replace what is held back, in one step."""
    rows = [asdict(item) for item in sorted(items, key=lambda item: item.file_name)]
    write_text(warehouse.root / "held_back.json", json.dumps(rows, ensure_ascii=False, indent=1))
