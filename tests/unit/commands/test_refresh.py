"""What the command `refresh` says where Dagster's run ends without a word of ours."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from orchestration.commands import refresh
from orchestration.errors import JiqunError
from orchestration.paths import Warehouse


@pytest.mark.parametrize("earlier", ["", '{"run": "6", "outcome": "released", "error": ""}'], ids=["the first refresh", "one before it"])
def test_a_refresh_that_is_stopped_in_its_middle_is_told_so(earlier: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "orchestration.commands.job", SimpleNamespace(run_job=lambda place, config: ("7", "")))
    for name in ("JIQUN_RAW", "JIQUN_WAREHOUSE"):
        monkeypatch.setenv(name, "put back after this")
    if earlier:
        (tmp_path / "last_refresh.json").write_text(earlier, encoding="utf-8")
    with pytest.raises(JiqunError, match=r"stopped before it could say what came of it \(run 7\)"):
        refresh._run(tmp_path, Warehouse(tmp_path), {})
