"""`jiqun review`: what the current release asks people, and their answers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.commands.options import AsJson, WarehouseFolder, with_raw
from orchestration.common.console import answer, answer_json, say
from orchestration.common.lock import hold
from orchestration.errors import BadInput
from orchestration.paths import SEEDS, Warehouse

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from orchestration.asking.reviewing import Decision

Record = dict[str, Any]
QuestionId = Annotated[str, typer.Argument(metavar="ID", help="A question's id, or the beginning of one.")]
Reason = Annotated[str, typer.Option(help="Why, for whoever reads the decision later.")]

review = typer.Typer(
    help="What the current release asks: unresolved places, unclassified industries, possible duplicates, with suggested answers."
)


@review.callback(invoke_without_command=True)
@with_raw
def pending(context: typer.Context, warehouse: WarehouseFolder, as_json: AsJson = False) -> None:
    """List what the current release asks, with suggested answers, their evidence and the source line; accept or reject ID answers.

    Decisions are written to dbt_project/seeds/curation; the next refresh uses them, and fails where one matches nothing any more.
    """
    if context.invoked_subcommand:
        source = context.get_parameter_source("warehouse")
        if as_json or (source and source.name == "COMMANDLINE"):
            raise BadInput("Options stand behind the subcommand", f"jiqun review {context.invoked_subcommand} ID --warehouse DIR --json")
        return
    from orchestration.asking.reviewing import others, questions

    with _release(Warehouse(warehouse)) as connection:
        asked, held = questions(connection, SEEDS), others(connection)
    if as_json:
        answer_json({"questions": asked, "others": held})
        return
    _tell(asked, held)


@review.command()
@with_raw
def accept(
    question_id: QuestionId,
    warehouse: WarehouseFolder,
    *,
    as_answer: Annotated[
        str, typer.Option("--answer", metavar="VALUE", help="A place's code, an industry or a cluster; else the suggested one.")
    ] = "",
    reason: Reason = "",
    everywhere: Annotated[bool, typer.Option("--everywhere", help="Of a place: this spelling means it in every document.")] = False,
    as_json: AsJson = False,
) -> None:
    """Decide a question by its suggested answer, or by another."""
    from orchestration.asking import reviewing

    def decide(question: Record, connection: "DuckDBPyConnection") -> "Decision":
        known = reviewing.clusters(connection)
        return reviewing.accept(SEEDS, question, as_answer, reason, known, everywhere=everywhere)

    _decide(Warehouse(warehouse), question_id, decide, as_json=as_json)


@review.command()
@with_raw
def reject(question_id: QuestionId, warehouse: WarehouseFolder, *, reason: Reason = "", as_json: AsJson = False) -> None:
    """Decide that no suggested answer is right, so that it is not asked again."""
    from orchestration.asking import reviewing

    _decide(Warehouse(warehouse), question_id, lambda question, _: reviewing.reject(question, reason), as_json=as_json)


def _decide(place: Warehouse, question_id: str, decide: Callable[[Record, "DuckDBPyConnection"], "Decision"], *, as_json: bool) -> None:
    from orchestration.asking import curation
    from orchestration.asking.reviewing import find, others, questions

    # A refresh reads these files for as long as it builds.
    with hold(place):
        with _release(place) as connection:
            question = find(questions(connection, SEEDS), others(connection), question_id)
            decision = decide(question, connection)
        earlier = curation.write(SEEDS, decision.file, decision.rows)
    path = SEEDS / "curation" / f"{decision.file}.csv"
    names = curation.COLUMNS[decision.file]
    written = [dict(zip(names, row, strict=True)) for row in decision.rows]
    if as_json:
        replaced = [dict(zip(names, row, strict=True)) for row in earlier]
        answer_json({"question_id": question["question_id"], "file": str(path), "written": written, "replaced": replaced})
        return
    for row in written:
        answer(f"{decision.file}: {', '.join(f'{name}={value}' for name, value in row.items())}")
    for old in earlier:
        say(f"In place of {', '.join(old)}")
    say(f"Written to {path}. Next: `jiqun refresh`; `jiqun diff` then shows what it changed.")


@contextmanager
def _release(place: Warehouse) -> Iterator["DuckDBPyConnection"]:
    from orchestration.asking.reviewing import has_questions
    from orchestration.releasing.store import current, open_release

    release = current(place)
    if release is None:
        raise BadInput(f"{place.root} holds no release to review", "`jiqun refresh` makes the first.")
    with open_release(release) as connection:
        if not has_questions(connection):
            raise BadInput(f"Release {release.id} was made before questions could be answered", "`jiqun refresh` makes one that can.")
        yield connection


def _tell(asked: list[Record], held: list[Record]) -> None:
    for question in asked:
        answer(f"{question['question_id']}  {question['kind']}: {question['printed']}")
        answer(f"  {question['file_name']}:{question['line_number']} │ {question['text']}")
        answer(f"  why asked: {question['evidence']}")
        answer(f"  suggested: {question['suggestion']}")
        if question["decided"]:
            answer(f"  decided:   {question['decided']}")
    for item in held:
        where = f"{item['file_name']}:{item['line_number']} │ {item['text']}" if item["file_name"] else item["printed"]
        answer(f"{item['quarantine_id']}  {item['reason']}")
        answer(f"  {where}")
        if item["suggestion"]:
            answer(f"  {item['suggestion']}")
    open_count = sum(not question["decided"] for question in asked)
    say(f"{open_count} to decide, {len(asked) - open_count} decided, {len(held)} to be mended in documents or code.")
    if open_count:
        say("`jiqun review accept ID [--answer VALUE]` takes an answer, `jiqun review reject ID` none of those suggested.")
