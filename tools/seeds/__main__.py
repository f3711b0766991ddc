"""`python -m tools.seeds [FOLDER]`: writes the generated seeds below the folder, by default `dbt_project/seeds`."""

import sys
from pathlib import Path

from orchestration.common.console import say
from orchestration.errors import JiqunError
from orchestration.paths import SEEDS
from tools.seeds import history, tables, upstream
from tools.seeds.curated import CURATED, Province, Succession, Zone, read
from tools.seeds.names import Speller
from tools.seeds.seats import Doubt, seats


def generate() -> tuple[dict[str, str], list[Doubt]]:
    """File below `dbt_project/seeds` -> its text, and the places left without a seat."""
    decided = read(CURATED / "successions.csv", Succession)
    found = history.places(upstream.division_years(), decided)
    points, doubts = seats(found)
    speller = Speller()
    files = {
        "gazetteer/provinces.csv": tables.provinces(read(CURATED / "provinces.csv", Province)),
        "gazetteer/divisions.csv": tables.divisions(found, speller, points),
        "gazetteer/towns.csv": tables.towns(upstream.towns(), upstream.towns_of_2015(), found, speller),
        "gazetteer/zones.csv": tables.zones(read(CURATED / "zones.csv", Zone), found),
        "gazetteer/successions.csv": tables.successions(history.successions(found, decided)),
        "industries/isic4.csv": tables.isic4(upstream.isic()),
    }
    speller.refuse_idle_rows()
    return files, doubts


def main(folder: Path) -> int:
    """Write the files; say how many rows each has and which living places have no seat."""
    try:
        files, doubts = generate()
    except JiqunError as error:
        say(f"{error.message}. {error.hint}")
        return error.exit_status
    for name, text in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
        say(f"{name}: {text.count(chr(10)) - 1} rows, {len(text.encode()) // 1024} KiB")
    for doubt in doubts:
        if doubt.place.last.year == history.LAST:
            say(f"no seat: {doubt.place.last.code} {doubt.place.last.name} ({doubt.reason}) {doubt.points}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else SEEDS))
