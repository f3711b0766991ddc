"""A place of the gazetteer, and where its name stands in a line."""

from typing import NamedTuple

LEVELS = ("province", "prefecture", "county", "zone", "town")


class Place(NamedTuple):
    """One place in one period of its code; its level is one of `LEVELS`."""

    level: str
    code: str
    province_code: str
    prefecture_code: str
    county_code: str
    valid_from: int
    valid_to: int
    name_en: str
    name_zh: str

    @classmethod
    def of_row(cls, row: dict[str, str]) -> "Place":
        """A row of `divisions.csv` or `zones.csv`."""
        return cls(
            row.get("level", "zone"),
            row.get("code") or row["current_code"],
            row["province_code"],
            row["prefecture_code"],
            row.get("county_code", ""),
            int(row["valid_from"] or 0),
            int(row["valid_to"] or 9999),
            row["name_en"],
            row["name_zh"],
        )

    def lies_in(self, parent: "Place") -> bool:
        """Whether this place is inside (or is) the other, by codes; towns of one prefecture count as inside its counties.

        The codes of towns are of 2023 and their county's may have changed since the document's year; the prefecture's rarely have.
        """
        match parent.level:
            case "province":
                return self.province_code == parent.province_code
            case "prefecture":
                return self.prefecture_code == parent.code or self.code[:4] == parent.code[:4]
            case _:
                return parent.code in (self.code, self.county_code) or (self.level == "town" and self.code[:4] == parent.code[:4])


class PlaceSpan(NamedTuple):
    """A place name in a line: `text[start:end]`, and the places it may mean (never empty)."""

    start: int
    end: int
    key: str
    places: tuple[Place, ...]

    @property
    def level(self) -> str:
        """The highest level among the places it may mean."""
        return min((p.level for p in self.places), key=LEVELS.index)
