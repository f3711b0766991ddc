"""The history says what each release changed against the one before it, and leaves out what cannot be read."""

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from orchestration.releasing.site.history import KEPT, read_history
from orchestration.releasing.store import Release


@pytest.fixture
def release(make_release: Callable[..., Path], tmp_path: Path) -> Callable[..., Release]:
    """A release folder with a manifest, newer ones with later dates."""

    def make(name: str, clusters: int = 5, *changes: str) -> Release:
        folder = tmp_path / name
        folder.mkdir()
        database = make_release(clusters).rename(folder / "jiqun.duckdb")
        with duckdb.connect(str(database)) as connection:
            for change in changes:
                connection.execute(change)
        (folder / "manifest.json").write_text(json.dumps({"created_at": f"2026-01-02T03:04:05+00:00 {name}"}), encoding="utf-8")
        return Release(name, folder)

    return make


def test_first_release_is_called_so(release: Callable[..., Release]) -> None:
    (entry,) = read_history(release("a").database, "a", [])
    assert (entry.release_id, entry.made_at, entry.documents, entry.clusters, entry.changes) == ("a", "", 2, 7, ("first release",))


def test_changes_are_counted_entity_by_entity(release: Callable[..., Release]) -> None:
    before = release("a", 5, "delete from marts.dim_sources where publisher = 'ALMS'")
    after = release("b", 6, "update marts.dim_clusters set name_en = 'other' where cluster_id = 'cl-0001'", "delete from marts.fct_awards")
    newest, oldest = read_history(after.database, "b", [before])
    assert newest.changes == (
        "new document: Three Zhejiang-based industrial clusters stand out in national arena",
        "clusters: 1 added, 1 changed",
        "listings: 1 added",
        "awards: 3 gone",
    )
    assert oldest.changes == ("first release",)
    assert oldest.made_at.startswith("2026-01-02")


def test_document_taken_out_is_named(release: Callable[..., Release]) -> None:
    before, after = release("a"), release("b", 5, "delete from marts.dim_sources where publisher = 'ALMS'")
    assert read_history(after.database, "b", [before])[0].changes == (
        "without document: Three Zhejiang-based industrial clusters stand out in national arena",
    )


def test_release_that_differs_in_no_row_says_so(release: Callable[..., Release]) -> None:
    assert read_history(release("b").database, "b", [release("a")])[0].changes == ("nothing but the code",)


def test_damaged_releases_and_the_one_being_made_are_passed_over(release: Callable[..., Release]) -> None:
    torn, gone, kept = release("torn"), release("gone"), release("kept")
    (torn.path / "manifest.json").write_text("{", encoding="utf-8")
    gone.database.unlink()
    new = release("new")
    assert [entry.release_id for entry in read_history(new.database, "new", [new, torn, gone, kept])] == ["new", "kept"]


def test_history_ends_after_the_kept_number_without_calling_the_last_one_first(release: Callable[..., Release]) -> None:
    shelf = [release(f"r{number}", 1) for number in range(KEPT + 2)]
    entries = read_history(shelf[0].database, "r0", shelf)
    assert len(entries) == KEPT
    assert entries[-1].changes == ("nothing but the code",)
