"""What Great Expectations imports and seldom needs is put off, and there when it is needed."""

import sys

import pytest

from orchestration.gating.runner import _put_off


def test_a_module_put_off_is_read_at_the_first_question_about_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    _put_off("colorsys")
    import colorsys

    assert "ONE_SIXTH" not in vars(colorsys)
    assert colorsys.rgb_to_yiq(1, 1, 1)[0] == pytest.approx(1)
    assert colorsys.ONE_SIXTH == 1 / 6


def test_a_module_that_is_there_already_stays_as_it_is() -> None:
    before = sys.modules["json"]
    _put_off("json")
    assert sys.modules["json"] is before


def test_a_module_that_is_not_installed_is_left_to_who_imports_it() -> None:
    _put_off("no_such_module_anywhere")
    assert "no_such_module_anywhere" not in sys.modules
