"""How the frameworks are imported: the larger part of a refresh of little is their import, so none imports more than it is used for."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec, module_from_spec
from typing import Any

from orchestration.common.collector import at_rest


@contextmanager
def for_good() -> Iterator[None]:
    """Around imports that a process keeps to its end: the collector neither runs while they are made nor looks at them afterwards."""
    before = len(sys.modules)
    with at_rest():
        try:
            yield
        finally:
            if len(sys.modules) > before:  # else it would keep for good whatever garbage there is
                gc.freeze()


@contextmanager
def without(module: str) -> Iterator[None]:
    """As if a module were not installed."""
    there = sys.modules.get(module)
    sys.modules[module] = None  # type: ignore[assignment]  # how Python spells it
    try:
        yield
    finally:
        del sys.modules[module]
        if there is not None:
            sys.modules[module] = there


def put_off(name: str) -> None:
    """Import a module when something is first asked of it. The standard library's LazyLoader does so at the second `import` of it."""
    spec = None if name in sys.modules else find_spec(name)
    if spec is None or spec.loader is None:
        return
    module, loader = module_from_spec(spec), spec.loader

    def load(attribute: str) -> Any:
        # The import system looks for some of these, and does without.
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        del module.__dict__["__getattr__"]
        loader.exec_module(module)
        return getattr(module, attribute)

    module.__dict__["__getattr__"] = load
    sys.modules[name] = module
