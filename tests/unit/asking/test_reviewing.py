"""Answers of people become rows of the curation files: checked first, one row a key, sorted."""

import csv
from pathlib import Path

import pytest

from orchestration.asking import curation, reviewing
from orchestration.errors import BadInput, JiqunError
from orchestration.paths import SEEDS


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """The gazetteer and the industries as they are, and curation files with nothing in them."""
    for name in ("gazetteer", "industries"):
        (tmp_path / name).symlink_to(SEEDS / name)
    (tmp_path / "curation").mkdir()
    for name, columns in curation.COLUMNS.items():
        (tmp_path / "curation" / f"{name}.csv").write_text(",".join(columns) + "\n", encoding="utf-8")
    return tmp_path


def question(kind: str, **more) -> dict:
    return {
        "question_id": "v1", "kind": kind, "subject_id": "subject", "printed": "Silktown, Suzhou", "evidence": "no place of this name",
        "suggestion": "x", "suggested_id": None, "suggested_ids": [], "source_id": "a" * 16, "name_year": 2010,
    } | more  # fmt: skip


def accept(seeds: Path, asked: dict, answer: str = "", *, everywhere: bool = False, clusters=None) -> reviewing.Decision:
    return reviewing.accept(seeds, asked, answer, "because", clusters or {}, everywhere=everywhere)


def test_files_of_the_checkout_have_the_columns_written_here() -> None:
    for file in curation.COLUMNS:
        curation.read(SEEDS, file)


def test_place_is_decided_for_its_source_and_print(seeds: Path) -> None:
    decision = accept(seeds, question("place", suggested_id="320500"))
    assert decision.file == "place_decisions"
    assert [row[:3] for row in decision.rows] == [("a" * 16, "Silktown, Suzhou", "320500")]
    assert decision.rows[0][3].startswith("because (")


def test_spelling_of_a_place_is_decided_for_every_document(seeds: Path) -> None:
    decision = accept(seeds, question("place"), "320584", everywhere=True)
    assert (decision.file, decision.rows[0][:2]) == ("place_aliases", ("silktown", "p320509"))


@pytest.mark.parametrize("code", ["330000", "320500", "330382", "330382001", "baoding-high-tech"])
def test_every_level_of_the_gazetteer_can_be_an_answer(seeds: Path, code: str) -> None:
    assert accept(seeds, question("place"), code).rows[0][2] == code


@pytest.mark.parametrize(
    ("code", "year", "words", "hint"),
    [
        ("370284", 2021, "1995 to 2011", "370211"),
        ("Yueqing", 2010, "no code", "330382"),
        ("33038", 2010, "no code", "33038"),
        ("乐清市", 2010, "no code", "330382"),
    ],
)
def test_code_that_no_place_bore_in_the_year_of_the_document_is_refused(seeds: Path, code: str, year: int, words: str, hint: str) -> None:
    with pytest.raises(BadInput) as refused:
        accept(seeds, question("place", name_year=year), code)
    assert words in refused.value.message
    assert hint in refused.value.hint


def test_industry_is_decided_by_its_key(seeds: Path) -> None:
    asked = question("industry", subject_id="quux", suggested_id="ceramics")
    assert accept(seeds, asked).rows[0][:2] == ("quux", "ceramics")
    with pytest.raises(BadInput, match="no industry 'ceramic'") as refused:
        accept(seeds, asked, "ceramic")
    assert "ceramics" in refused.value.hint


def test_clusters_called_the_same_before_follow(seeds: Path) -> None:
    known = {"c1": "One", "c2": "Two", "c3": "Three"}
    curation.write(seeds, "cluster_decisions", accept(seeds, question("cluster", subject_id="c1"), "c2", clusters=known).rows)
    curation.write(seeds, "cluster_decisions", accept(seeds, question("cluster", subject_id="c2"), "c3", clusters=known).rows)
    assert {row[:3] for row in curation.read(seeds, "cluster_decisions")} == {
        ("c1", "c2", "same"),
        ("c2", "c3", "same"),
        ("c1", "c3", "same"),
    }


@pytest.mark.parametrize("answer", ["c1", "c9", "Two"])
def test_cluster_must_be_another_one_of_the_release(seeds: Path, answer: str) -> None:
    with pytest.raises(BadInput):
        accept(seeds, question("cluster", subject_id="c1"), answer, clusters={"c1": "One", "c2": "Two"})


def test_question_without_a_best_answer_needs_one_named(seeds: Path) -> None:
    for kind in ("place", "industry", "cluster"):
        with pytest.raises(BadInput, match="no answer that stands out") as refused:
            accept(seeds, question(kind))
        assert "--answer" in refused.value.hint


def test_rejected_questions_are_written_down_too() -> None:
    assert reviewing.reject(question("place"), "").rows[0][:3] == ("a" * 16, "Silktown, Suzhou", "")
    assert reviewing.reject(question("industry"), "").rows[0][:2] == ("subject", "")
    rows = reviewing.reject(question("cluster", suggested_ids=["c2", "c3"]), "").rows
    assert [row[:3] for row in rows] == [("subject", "c2", "apart"), ("subject", "c3", "apart")]


def test_decisions_are_sorted_one_a_key_and_the_earlier_one_is_told(seeds: Path) -> None:
    for key, answer in (("b", "toys"), ("a", "shoes"), ("b", "ceramics")):
        earlier = curation.write(seeds, "industry_decisions", [(key, answer, 'say "so", they do', "2026-01-01")])
    assert [row[:2] for row in earlier] == [("b", "toys")]
    path = seeds / "curation" / "industry_decisions.csv"
    assert path.read_bytes().count(b"\r") == 0
    assert list(csv.reader(path.open(encoding="utf-8", newline=""))) == [
        list(curation.COLUMNS["industry_decisions"]),
        ["a", "shoes", 'say "so", they do', "2026-01-01"],
        ["b", "ceramics", 'say "so", they do', "2026-01-01"],
    ]


def test_a_pair_of_clusters_is_one_decision_either_way_round(seeds: Path) -> None:
    curation.write(seeds, "cluster_decisions", [("c1", "c2", "apart", "r", "2026-01-01")])
    assert curation.write(seeds, "cluster_decisions", [("c2", "c1", "same", "r", "2026-01-02")])
    assert [row[:3] for row in curation.read(seeds, "cluster_decisions")] == [("c2", "c1", "same")]


@pytest.mark.parametrize("text", ["", "industry_key,industry\n", "industry_key,industry_id,reason,decided_on\na,b\n"])
def test_a_file_that_is_not_what_the_models_read_is_left_alone(seeds: Path, text: str) -> None:
    path = seeds / "curation" / "industry_decisions.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(JiqunError, match="industry_decisions"):
        curation.write(seeds, "industry_decisions", [("a", "toys", "r", "2026-01-01")])
    assert path.read_text(encoding="utf-8") == text


def test_ids_are_found_by_their_beginning_and_misses_are_explained() -> None:
    asked = [question("place", question_id="v12aa"), question("place", question_id="v12bb")]
    held = [{"quarantine_id": "q1", "reason": "not text", "suggestion": "save it as UTF-8"}]
    assert reviewing.find(asked, held, "v12a")["question_id"] == "v12aa"
    for wanted, words in (("v12", "2 questions"), ("v13aa", "nothing of the id"), ("", "nothing"), ("q1", "not text")):
        with pytest.raises(BadInput, match=words):
            reviewing.find(asked, held, wanted)
