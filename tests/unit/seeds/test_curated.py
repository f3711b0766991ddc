"""Curated files are read strictly, and sources only with the bytes they were made from."""

import pytest

from orchestration.errors import BadInput
from tools.seeds import upstream
from tools.seeds.curated import CoordinatesFix, read

HEADER = "code,latitude,longitude,reason\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("code,lat,lon,reason\n", "header is code,lat,lon,reason"),
        (HEADER + "330100,30.27,120.15,\n", "line 2: no reason"),
        (HEADER + "330100,30.27,120.15\n", "line 2: 3 fields"),
        (HEADER + "330100,30.27,120.15,why\n330100,30.27,120.15,why\n", "line 3: stands twice"),
    ],
)
def test_curated_file_is_refused_with_its_line(tmp_path, text, message):
    path = tmp_path / "fixes.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=message):
        read(path, CoordinatesFix)


def test_source_of_other_bytes_is_refused(monkeypatch):
    monkeypatch.setattr(upstream, "_STREETS", ("streets.csv.gz", "0" * 64))
    with pytest.raises(BadInput, match="streets"):
        upstream.towns()


def test_sources_have_the_sizes_they_are_known_by():
    assert len(upstream.towns()) == 41_352
    assert sum(len(g["classes"]) for s in upstream.isic()["sections"] for d in s["divisions"] for g in d["groups"]) == 419
