"""Modules put off, left out and kept."""

import gc
import sys

import pytest

from orchestration.common.imports import for_good, put_off, without


def test_a_module_put_off_is_read_at_the_first_question_about_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    put_off("colorsys")
    import colorsys

    assert "ONE_SIXTH" not in vars(colorsys)
    assert colorsys.rgb_to_yiq(1, 1, 1)[0] == pytest.approx(1)
    assert colorsys.ONE_SIXTH == 1 / 6


def test_a_module_that_is_there_already_stays_as_it_is() -> None:
    before = sys.modules["json"]
    put_off("json")
    assert sys.modules["json"] is before


def test_a_module_that_is_not_installed_is_left_to_who_imports_it() -> None:
    put_off("no_such_module_anywhere")
    assert "no_such_module_anywhere" not in sys.modules


def test_a_module_is_missing_only_as_long_as_it_is_said_to_be() -> None:
    with without("json"), pytest.raises(ImportError):
        import json
    import json

    assert json.loads("1") == 1
    with without("no_such_module_anywhere"):
        pass
    assert "no_such_module_anywhere" not in sys.modules


def test_the_collector_rests_during_imports_and_works_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with for_good():
        assert not gc.isenabled()
        import colorsys  # noqa: F401  # what is kept for good
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0
    gc.unfreeze()
