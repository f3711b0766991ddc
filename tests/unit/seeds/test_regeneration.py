"""The committed seeds are what the generator makes of the pinned sources, whatever the machine."""

import os
import subprocess
import sys

import pytest

from orchestration.paths import ROOT, SEEDS

FILES = [
    "gazetteer/provinces.csv",
    "gazetteer/divisions.csv",
    "gazetteer/towns.csv",
    "gazetteer/zones.csv",
    "gazetteer/successions.csv",
    "industries/isic4.csv",
]
# Bytes that people download with the repo; measured 3.7, 925, 3030, 33, 106, 57 KiB.
# Divisions by period, towns, and the national zones by name with the reason of each.
LARGEST_KIB = {"gazetteer/divisions.csv": 1100, "gazetteer/towns.csv": 3300, "gazetteer/zones.csv": 220}


@pytest.fixture(scope="module")
def regenerated(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seeds")
    environment = os.environ | {"PYTHONHASHSEED": "7", "LC_ALL": "C", "PYTHONUTF8": "0", "TZ": "Pacific/Auckland"}
    done = subprocess.run([sys.executable, "-m", "tools.seeds", str(folder)], cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return folder


@pytest.mark.parametrize("name", FILES)
def test_committed_file_is_what_the_generator_writes(regenerated, name):
    assert (regenerated / name).read_bytes() == (SEEDS / name).read_bytes(), f"{name} differs: run make seeds"


def test_generator_writes_no_other_file(regenerated):
    assert sorted(p.relative_to(regenerated).as_posix() for p in regenerated.rglob("*.csv")) == sorted(FILES)


@pytest.mark.parametrize("name", FILES)
def test_file_stays_small(name):
    assert (SEEDS / name).stat().st_size <= LARGEST_KIB.get(name, 150) * 1024
