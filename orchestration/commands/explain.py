"""`jiqun explain ID`: a thing of the current release, its print with the span marked, and every step between the two."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.commands.options import AsJson, WarehouseFolder
from orchestration.common.console import answer, answer_json, printable
from orchestration.errors import BadInput
from orchestration.paths import Warehouse

if TYPE_CHECKING:
    from rich.console import Console

Record = dict[str, Any]
_SHOWN = 40
_REST = (
    ("Named by", "named_by", "{listing_id}  {title}, line {line_number}"),
    ("Awards", "awards", "{award_id}  {contest_name}, line {line_number}"),
    ("Figures", "statistics", "{statistic_id}  {measure}: {qualifier} {value:,g} {unit}, line {line_number}"),
    ("Counted", "listed", "{listing_id}  {industry_printed}, line {line_number}"),
    ("Names", "named", "{listing_id}  {industry_printed}, line {line_number}"),
    ("Repairs", "repairs", "{repair_id}  line {line_number}: {printed} → {published}"),
    ("Held back", "held_back", "{quarantine_id}  line {line_number}: {reason}"),
)


def explain(
    thing: Annotated[
        str, typer.Argument(metavar="ID", help="Of a cluster, listing, tally, award, statistic, source, repair or quarantined thing.")
    ],
    warehouse: WarehouseFolder,
    as_json: AsJson = False,
) -> None:
    """Trace anything published, or held back, to the printed lines it came from: every repair and match, with rule and evidence."""
    from orchestration.asking.explaining import explain_id
    from orchestration.releasing.store import current, open_release

    place = Warehouse(warehouse)
    release = current(place)
    if release is None:
        raise BadInput(f"{place.root} holds no release to explain", "`jiqun refresh` makes the first.")
    with open_release(release) as connection:
        told = {"release_id": release.id, **explain_id(connection, thing.strip())}
    if as_json:
        answer_json(told)
    else:
        Telling().tell(told)


class Telling:
    """Writes what is known for people: in colour on a terminal, with `>>>` and `<<<` around the marks elsewhere."""

    def __init__(self) -> None:
        self.console = _console() if sys.stdout.isatty() else None

    def tell(self, told: Record) -> None:
        """All of it, from the published value down to the print."""
        self.line(f"{told['kind'].capitalize()} {told['id']}", "bold")
        self.line(told["title"])
        self.facts(told)
        for statement in told["statements"]:
            self.statement(statement)
        self.rest(told)

    def line(self, text: object, style: str = "", indent: int = 0) -> None:
        """One line of text, made safe for a terminal."""
        self.styled([(" " * indent + str(text), style)])

    def styled(self, pieces: list[tuple[str, str]]) -> None:
        """One line of pieces, each with its style."""
        if self.console:
            from rich.text import Text

            self.console.print(Text.assemble(*((printable(text), style) for text, style in pieces)))
        else:
            answer("".join(text for text, _ in pieces))

    def fact(self, name: str, value: object) -> None:
        """A named fact, where there is one."""
        if value not in (None, "", []):
            self.line(f"{name:<11}{value}", indent=2)

    def facts(self, told: Record) -> None:
        """What is published: place, industry, dates, or why nothing is."""
        row, place, industry = told["published"], told["place"], told["industry"]
        self.fact("release", told["release_id"])
        if place:
            self.fact("place", ", ".join(place["chain"]) + " " + ((place["locality"] or place["province"])["name_zh"] or ""))
            self.fact("codes", codes(place))
        if industry:
            self.fact("industry", " ".join(filter(None, (industry["name_en"], industry["name_zh"]))))
            self.fact("ISIC", f"{industry['isic4_class'] or industry['isic4_division'] or 'unclassified'} {industry['isic4_title'] or ''}")
            self.fact("by", industry["classified_by"])
        for name, column in (
            ("measure", "measure"),
            ("contest", "contest_name"),
            ("subject", "subject_name"),
            ("declared", "declared_count"),
        ):
            self.fact(name, row.get(column))
        self.fact("listed", row.get("listed_count"))
        if row.get("value") is not None:
            self.fact("value", f"{row['qualifier']} {row['value']:,g} {row['unit']}")
        if told["kind"] == "quarantine":
            self.fact("withheld", row["reason"])
            self.fact("missing", told["missing"])
            self.fact("suggested", row["suggestion"])
        if told["kind"] == "source":
            for name in ("file_name", "publisher", "published_on", "as_of_date", "sha256"):
                self.fact(name.split("_")[0], row[name])
            self.fact("lines", ", ".join(f"{lines} {fate}" for fate, lines in told["fates"].items()))

    def statement(self, statement: Record) -> None:
        """One source's print of it: lines, values, repairs."""
        source = statement["source"]
        self.line("")
        self.line(f"{source['title'] or source['file_name']}" if source else "A document that could not be read", "bold")
        if source:
            self.line(f"{source['file_name']}, {layout(source)}{statement['kind']} {statement['id']}", "dim", indent=2)
        if statement["place"] and statement["kind"] == "listing":
            self.fact("place", f"{', '.join(statement['place']['chain'])}: {codes(statement['place'])}")
        for line in statement["lines"]:
            self.marked(line)
        for value in decided(statement["values"]):
            self.line(value, indent=4)
        for repair in statement["repairs"]:
            self.line(f"repaired {repair['field']}: “{repair['printed'] or ''}” → {repair['published']}", "yellow", indent=4)
            self.line(f"rule: {repair['rule']}; confidence {repair['confidence']:g}", indent=6)
            self.line(f"evidence: {repair['evidence']}", indent=6)
            self.line(f"without it: {repair['field']} would read “{repair['printed'] or ''}”", indent=6)
        self.otherwise(statement)

    def otherwise(self, statement: Record) -> None:
        """What other evidence would have published, and why it did not."""
        for other in statement["otherwise"] or ():
            weight = f", {other['confidence']:g}" if other["confidence"] is not None else ""
            points = f", {other['points']:g} point{'s' * (other['points'] != 1)}" if other["points"] else ""
            self.line(f"otherwise {other['field']}: {other['alternative']}  [{other['rule']}{weight}{points}]", indent=4)
            self.line(f"not so, because {other['reason']}", "dim", indent=6)
        if statement["kind"] == "listing" and statement["otherwise"] == []:
            self.line("otherwise nothing: no other place, label or industry answers to the print", indent=4)

    def marked(self, line: Record) -> None:
        """A line with its number and its marks."""
        from orchestration.common.tracing import segments, shortened

        pieces = [(f"{line['line_number']:>6} │ ", "dim")]
        for piece in shortened(segments(line["text"], [(start, end) for start, end in line["marks"]])):
            if piece.is_marked:
                pieces.append((piece.text if self.console else f">>>{piece.text}<<<", "bold underline yellow"))
            else:
                pieces.append((piece.text, ""))
        self.styled(pieces)

    def rest(self, told: Record) -> None:
        """What else speaks of it, the first of very many."""
        for heading, key, worded in _REST:
            items = told.get(key) or []
            if items:
                self.line("")
                self.line(f"{heading} ({len(items)})", "bold")
            for item in items[:_SHOWN]:
                self.line(worded.format_map(item), indent=2)
            if len(items) > _SHOWN:
                self.line(f"and {len(items) - _SHOWN} more: --json has all", indent=2)


def _console() -> "Console":
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True)


def codes(place: Record) -> str:
    """Codes in the period of the source, and today's: `330382 (1993-), today 330382`."""
    locality = place["locality"]
    if not locality:
        return str(place["province"]["province_code_gb2260"])
    code = locality["county_code_gb2260"] or locality["prefecture_code_gb2260"] or locality["province_code_gb2260"]
    period = f"{locality['valid_from'] or ''}–{locality['valid_to'] or 'now'}"
    today = locality["current_county_code_gb2260"]
    return f"{locality['level']}, {code} ({period})" + (f", today {today}" if today and today != code else "")


def decided(values: list[Record]) -> list[str]:
    """What was made of the print, a line a column: `locality_id: “Leqing” “Wenzhou” → Yueqing (p330382-1995)  [heteronym]`."""
    steps: dict[tuple[str, str, str], list[str]] = {}
    for value in values:
        if value["printed"] != value["published"]:
            prints = steps.setdefault((value["column_name"], str(value["published"]), value["rule"]), [])
            prints += [f"“{value['printed']}” "] if value["printed"] is not None else []
    return [f"{column}: {''.join(prints)}→ {published}  [{rule}]" for (column, published, rule), prints in steps.items()]


def layout(source: Record) -> str:
    """How the document was read, where the release says: `read as tab_table (0.97; runner-up list 0.40), `."""
    name, score, second = source.get("layout"), source.get("layout_score"), source.get("layout_runner_up")
    if not name:
        return ""
    scores = "; ".join([*([f"{score:.2f}"] if score is not None else []), *([f"runner-up {second}"] if second else [])])
    return f"read as {name}{f' ({scores})' if scores else ''}, "
