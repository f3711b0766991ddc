"""Landing documents in raw and taking them out: whole or not at all, and never over something else."""

import hashlib
import json
from pathlib import Path

import pytest

from orchestration.deciding import fingerprint
from orchestration.errors import BadInput
from orchestration.paths import Warehouse
from orchestration.raw.landing import land
from orchestration.raw.removing import forget_returned, kept_bytes, removed, take_out
from orchestration.reading.sidecar import load_side_car

TEXT = "The Foshan Ceramics Industrial Cluster makes half of the country's tiles.\n"


class World:
    """A raw folder, a warehouse, and a place of documents to come."""

    def __init__(self, root: Path) -> None:
        self.raw, self.warehouse, self.desk = root / "raw", Warehouse(root / "warehouse"), root / "desk"
        for folder in (self.raw, self.warehouse.root, self.desk):
            folder.mkdir()

    def write(self, name: str, content: str | bytes = TEXT) -> Path:
        path = self.desk / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def land(self, file: Path, *, into=None, replace=False, **said: str):
        return land(self.raw, self.warehouse, file, said, into=into, is_replacing=replace)

    def files(self) -> dict[str, bytes]:
        return {path.relative_to(self.raw).as_posix(): path.read_bytes() for path in sorted(self.raw.rglob("*")) if path.is_file()}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_document_lands_unchanged_with_only_what_was_said(world: World) -> None:
    landed = world.land(world.write("tiles.txt"), publisher="Li & Fung Research Centre", as_of_date="2010-06")
    assert (landed.file_name, landed.outcome) == ("li_fung_research_centre/tiles.txt", "landed")
    files = world.files()
    assert files["li_fung_research_centre/tiles.txt"] == TEXT.encode()
    side_car = load_side_car(files["li_fung_research_centre/tiles.txt.meta.yml"], "side-car")
    assert (side_car.publisher, str(side_car.as_of_date), side_car.title) == ("Li & Fung Research Centre", "2010-06-30", None)
    assert b"title" not in files["li_fung_research_centre/tiles.txt.meta.yml"]


def test_document_of_which_nothing_is_known_lands_without_a_side_car(world: World) -> None:
    world.land(world.write("tiles.txt"))
    assert list(world.files()) == ["added/tiles.txt"]


@pytest.mark.parametrize(
    ("publisher", "folder"),
    [
        ("中国轻工业联合会", "中国轻工业联合会"),
        ("Ministry  of Industry (MIIT)", "ministry_of_industry_miit"),
        ("***", "added"),
        ("École", "ecole"),
    ],
)
def test_folder_is_named_for_the_publisher(world: World, publisher: str, folder: str) -> None:
    assert world.land(world.write("a.txt"), publisher=publisher).file_name == f"{folder}/a.txt"


def test_side_car_beside_the_file_comes_along_as_it_is(world: World) -> None:
    car = b"# typed by hand\ntitle: Tiles\npublisher: A House\n"
    world.write("tiles.txt.meta.yml", car)
    world.land(world.write("tiles.txt"))
    assert world.files()["a_house/tiles.txt.meta.yml"] == car


def test_adding_the_same_again_changes_nothing(world: World) -> None:
    file = world.write("tiles.txt")
    world.land(file, title="Tiles", into="a")
    before = world.files()
    assert world.land(file, title="Tiles", into="a").outcome == "unchanged"
    assert world.files() == before


def test_another_version_needs_replace_and_keeps_what_was_said_before(world: World) -> None:
    world.land(world.write("tiles.txt"), title="Tiles", publisher="A House", into="a")
    file = world.write("tiles.txt", TEXT + "More.\n")
    with pytest.raises(BadInput, match="other bytes") as refused:
        world.land(file, into="a", as_of_date="2011-01-01")
    assert "--replace" in refused.value.hint
    landed = world.land(file, into="a", replace=True, as_of_date="2011-01-01")
    assert landed.outcome == "replaced"
    assert landed.side_car == {"title": "Tiles", "publisher": "A House", "as_of_date": "2011-01-01"}
    assert world.files()["a/tiles.txt"].endswith(b"More.\n")


def test_replacing_where_there_is_nothing_names_the_folder_where_it_is(world: World) -> None:
    world.land(world.write("tiles.txt"), into="b")
    with pytest.raises(BadInput, match=r"no added/tiles\.txt to replace") as refused:
        world.land(world.write("tiles.txt", TEXT + "More.\n"), replace=True)
    assert "--into b" in refused.value.hint


def test_bytes_that_are_in_raw_already_are_refused_by_their_name_there(world: World) -> None:
    world.land(world.write("tiles.txt"), into="a")
    with pytest.raises(BadInput, match=r"in raw already, as a/tiles\.txt"):
        world.land(world.write("other.txt"))
    assert list(world.files()) == ["a/tiles.txt"]


@pytest.mark.parametrize(
    ("name", "content", "said", "into", "words"),
    [
        ("README.txt", TEXT, {}, None, "README"),
        (".hidden.txt", TEXT, {}, None, "dot-files"),
        ("x.txt.meta.yml", "title: x\n", {}, None, "side-car"),
        ("bell\a.txt", TEXT, {}, None, "cannot be shown"),
        ("empty.txt", b"", {}, None, "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00", {}, None, "PNG"),
        ("cut.txt", "江苏省无锡市的产业集群".encode()[:-1], {}, None, "byte"),
        ("a.txt", TEXT, {"as_of_date": "June 2010"}, None, "as_of_date"),
        ("a.txt", TEXT, {"published_on": "2019-02-30"}, None, "published_on"),
        ("a.txt", TEXT, {"layout": "origami"}, None, "origami"),
        ("a.txt", TEXT, {}, "../elsewhere", "no folder within raw"),
        ("a.txt", TEXT, {}, "/elsewhere", "no folder within raw"),
        ("a.txt", TEXT, {}, ".hidden", "no folder within raw"),
    ],
)
def test_what_would_not_be_read_is_refused_and_nothing_is_landed(world: World, name, content, said, into, words) -> None:
    with pytest.raises(BadInput) as refused:
        world.land(world.write(name, content), into=into, **said)
    assert words in refused.value.message
    assert refused.value.hint
    assert list(world.raw.iterdir()) == []


def test_missing_file_and_folder_are_refused(world: World) -> None:
    for path in (world.desk / "nowhere.txt", world.desk):
        with pytest.raises(BadInput):
            world.land(path)


def test_folder_that_leads_out_of_raw_through_a_link_is_refused(world: World) -> None:
    (world.raw / "out").symlink_to(world.desk)
    with pytest.raises(BadInput, match="leads out of raw"):
        world.land(world.write("a.txt"), into="out")


def test_document_taken_out_is_kept_with_its_side_car_and_written_down(world: World) -> None:
    landed = world.land(world.write("tiles.txt"), title="Tiles", into="a")
    before = world.files()
    record = take_out(world.raw, world.warehouse, landed.source_id)
    assert world.files() == {}
    assert not (world.raw / "a").exists()
    assert removed(world.warehouse) == {"a/tiles.txt": record}
    kept = {path.name: path.read_bytes() for path in (world.warehouse.root / "documents").iterdir()}
    assert kept == {hashlib.sha256(data).hexdigest(): data for data in before.values()}
    assert kept_bytes({"a/tiles.txt": record}) == kept.keys()


@pytest.mark.parametrize("wanted", ["a/tiles.txt", "tiles.txt", "til", "a/ti", "{raw}/a/tiles.txt"])
def test_document_to_take_out_is_found_by_path_name_or_beginning(world: World, wanted: str) -> None:
    world.land(world.write("tiles.txt"), into="a")
    world.land(world.write("socks.txt", TEXT.replace("Ceramics", "Socks")), into="a")
    assert take_out(world.raw, world.warehouse, wanted.format(raw=world.raw)).file_name == "a/tiles.txt"
    assert list(world.files()) == ["a/socks.txt"]


def test_unknown_and_ambiguous_documents_are_refused_with_names(world: World) -> None:
    for name in ("tiles_1.txt", "tiles_2.txt"):
        world.land(world.write(name, TEXT + name), into="a")
    before = world.files()
    with pytest.raises(BadInput, match=r"2 documents: a/tiles_1\.txt, a/tiles_2\.txt"):
        take_out(world.raw, world.warehouse, "tiles")
    with pytest.raises(BadInput) as refused:
        take_out(world.raw, world.warehouse, "tilse_1.txt")
    assert "Did you mean tiles_1.txt" in refused.value.hint
    with pytest.raises(BadInput):
        take_out(world.raw, world.warehouse, "")
    assert world.files() == before


def test_document_that_vanished_from_raw_can_be_called_gone_on_purpose(world: World) -> None:
    release = world.warehouse.releases / "r1"
    release.mkdir(parents=True)
    world.warehouse.current.symlink_to("releases/r1")
    inputs = [{"path": "a/gone.txt", "sha256": "f" * 64, "read": "f" * 64}]
    (release / "manifest.json").write_text(json.dumps({"inputs": inputs}), encoding="utf-8")
    assert take_out(world.raw, world.warehouse, "gone.txt").sha256 == "f" * 64
    assert list(removed(world.warehouse)) == ["a/gone.txt"]


def test_record_stands_until_a_file_of_that_name_is_back(world: World) -> None:
    file = world.write("tiles.txt")
    world.land(file, into="a")
    take_out(world.raw, world.warehouse, "tiles.txt")
    assert list(forget_returned(world.warehouse, fingerprint.take(world.raw, world.warehouse))) == ["a/tiles.txt"]
    world.land(file, into="a")
    assert forget_returned(world.warehouse, fingerprint.take(world.raw, world.warehouse)) == {}
    assert removed(world.warehouse) == {}
