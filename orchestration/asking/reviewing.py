"""What a release asks people, and their answers as rows of the curation files. Reads an open release; the files are `curation`'s."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.asking import curation
from orchestration.asking.curation import Row
from orchestration.common.questions import passed_over
from orchestration.common.sql import literal
from orchestration.common.tracing import records
from orchestration.common.who import who
from orchestration.errors import BadInput
from orchestration.reading.keys import place_key

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Record = dict[str, Any]

_QUESTIONS = """
select question.question_id, question.kind, question.subject_id, question.printed, question.evidence, question.suggestion,
    question.suggested_id, coalesce(string_split(question.suggested_ids, ';'), []) as suggested_ids,
    question.source_id, source.file_name, question.line_number, line.text,
    coalesce(year(source.as_of_date), year(source.published_on), 9999) as name_year
from audit.review_questions as question
left join marts.dim_sources as source using (source_id)
left join audit.document_lines as line on question.source_id = line.source_id and question.line_number = line.line_number
order by question.kind, source.file_name, question.line_number, question.question_id
"""

# Held back for a reason that no decision settles: to be mended in the document, its side-car or the code.
_OTHERS = f"""
select held.quarantine_id, held.reason, held.printed, held.suggestion, held.source_id, source.file_name, held.line_number, line.text
from audit.quarantine as held
left join marts.dim_sources as source using (source_id)
left join audit.document_lines as line on held.source_id = line.source_id and held.line_number = line.line_number
where not exists (
    from audit.review_questions as question
    where question.kind = 'place' and question.source_id = held.source_id and question.line_number = held.line_number
)
order by {passed_over("held.reason")}, held.reason, source.file_name, held.line_number, held.quarantine_id
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """Rows for one curation file."""

    file: str
    rows: tuple[Row, ...]


def questions(connection: "DuckDBPyConnection", seeds: Path) -> list[Record]:
    """The questions of a release in the order of kind and document, each with what a person has decided since (`decided`, else None)."""
    asked = records(connection, _QUESTIONS)
    decided = {(file, curation.key_of(file, row)): row for file in curation.COLUMNS for row in curation.read(seeds, file)}
    for question in asked:
        question["decided"] = _decided(question, decided)
    return asked


def others(connection: "DuckDBPyConnection") -> list[Record]:
    """What is held back for reasons that no decision settles."""
    return records(connection, _OTHERS)


def find(asked: list[Record], held: list[Record], wanted: str) -> Record:
    """The question of this id, or unique beginning of one.

    Raises:
        BadInput: There is none; the message says what the id is of, or which is nearest.
    """
    found = [question for question in asked if wanted and question["question_id"].startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        raise BadInput(f"{wanted} is the beginning of {len(found)} questions", "Write more of the id.")
    if other := next((item for item in held if item["quarantine_id"] == wanted), None):
        raise BadInput(f"No decision settles {wanted}: {other['reason']}", other["suggestion"] or "See `jiqun explain`.")
    near = difflib.get_close_matches(wanted, [question["question_id"] for question in asked], n=1, cutoff=0.6)
    raise BadInput(f"This release asks nothing of the id {wanted!r}", f"Did you mean {near[0]}?" if near else "`jiqun review` lists them.")


def accept(
    seeds: Path, question: Mapping[str, Any], answer: str, reason: str, clusters: Mapping[str, str], *, everywhere: bool
) -> Decision:
    """The decision that an answer makes.

    Args:
        seeds: `dbt_project/seeds`, where places and industries stand.
        question: As asked.
        answer: A place's code, an industry or a cluster; empty takes the suggested one.
        reason: Why; empty writes down what spoke for it.
        clusters: Names of clusters by id.
        everywhere: The spelling of a place means this place in every document.

    Raises:
        BadInput: Nothing is suggested, or there is no such answer.
    """
    chosen = answer.strip() or question["suggested_id"]
    if not chosen:
        raise BadInput(f"{question['question_id']} has no answer that stands out", f"Say which: --answer {_example(question)}.")
    told = reason or f"{'as suggested' if chosen == question['suggested_id'] else 'told by a person'}: {question['evidence']}"
    stamp = _stamp(told)
    if everywhere and question["kind"] != "place":
        raise BadInput("--everywhere is for places: industries and clusters are decided for all documents", "Leave it away.")
    match question["kind"]:
        case "place":
            place = curation.place_of(seeds, chosen, question["name_year"])
            if everywhere:
                return Decision("place_aliases", ((_spelling(question["printed"]), place.place_id, *stamp),))
            return Decision("place_decisions", ((question["source_id"], question["printed"], place.code, *stamp),))
        case "industry":
            curation.check_industry(seeds, chosen)
            return Decision("industry_decisions", ((question["subject_id"], chosen, *stamp),))
    _check_cluster(question, chosen, clusters)
    return Decision(
        "cluster_decisions", ((question["subject_id"], chosen, "same", *stamp), *_redirected(seeds, question["subject_id"], chosen))
    )


def reject(question: Mapping[str, Any], reason: str) -> Decision:
    """The decision that none of the suggested answers is right: it is not asked again, and what is printed stays as it is told now."""
    stamp = _stamp(reason or f"rejected: {question['evidence']}")
    match question["kind"]:
        case "place":
            return Decision("place_decisions", ((question["source_id"], question["printed"], "", *stamp),))
        case "industry":
            return Decision("industry_decisions", ((question["subject_id"], "", *stamp),))
    return Decision("cluster_decisions", tuple((question["subject_id"], other, "apart", *stamp) for other in question["suggested_ids"]))


def _decided(question: Record, decided: Mapping[tuple[str, Row], Row]) -> str | None:
    """What a person has decided about a question, in words; of a pair of clusters: same or apart."""
    subject = question["subject_id"]
    match question["kind"]:
        case "place":
            row = decided.get(("place_decisions", (question["source_id"], question["printed"])))
            if row is None and (alias := decided.get(("place_aliases", (_spelling(question["printed"]),)))):
                return alias[1]
            return (row[2] or "rejected") if row else None
        case "industry":
            row = decided.get(("industry_decisions", (subject,)))
            return (row[1] or "rejected") if row else None
    rows = [decided.get(("cluster_decisions", tuple(sorted((subject, other))))) for other in question["suggested_ids"]]
    same = next((row for row in rows if row and row[2] == "same"), None)
    if same:
        return f"same as {same[1] if same[0] == subject else same[0]}"
    return "rejected" if rows and all(rows) else None


def _check_cluster(question: Mapping[str, Any], chosen: str, clusters: Mapping[str, str]) -> None:
    if chosen == question["subject_id"]:
        raise BadInput(f"{chosen} is the cluster that the question is about", "Name the other one: --answer ID.")
    if chosen not in clusters:
        near = [f"{key} ({name})" for key, name in clusters.items() if chosen.lower() in name.lower()]
        near = near or difflib.get_close_matches(chosen, clusters, n=3, cutoff=0.7)
        raise BadInput(
            f"This release has no cluster {chosen!r}", f"Did you mean {', '.join(near[:5])}?" if near else "They stand in marts.clusters."
        )


def _redirected(seeds: Path, subject: str, chosen: str) -> list[Row]:
    """Clusters once called the same as the subject follow it: a decision leads to a cluster in one step."""
    rows = curation.read(seeds, "cluster_decisions")
    return [(a, chosen, decision, reason, day) for a, b, decision, reason, day in rows if decision == "same" and b == subject != a]


def _spelling(printed: str) -> str:
    """The key of the most specific name printed: `Silktown, Suzhou` -> `silktown`."""
    return place_key(re.split(r"[,，、;；/]", printed)[0])


def _stamp(reason: str) -> tuple[str, str]:
    return f"{' '.join(reason.split())} ({who()})", datetime.now(UTC).date().isoformat()


def _example(question: Mapping[str, Any]) -> str:
    return (
        question["suggested_ids"][0]
        if question["suggested_ids"]
        else {"place": "330382", "industry": "hosiery"}.get(question["kind"], "ID")
    )


def clusters(connection: "DuckDBPyConnection") -> dict[str, str]:
    """Names of the clusters of a release by id."""
    return dict(connection.execute("select cluster_id, name_en from marts.dim_clusters order by cluster_id").fetchall())


def has_questions(connection: "DuckDBPyConnection") -> bool:
    """Whether a release says which answers it suggests; those of before this column cannot be reviewed."""
    columns = connection.execute(
        f"select 1 from duckdb_columns() where table_name = 'review_questions' and column_name = {literal('suggested_ids')}"
    )
    return columns.fetchone() is not None
