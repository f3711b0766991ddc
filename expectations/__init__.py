"""The released tables, and what a reader of each may rely on: one module per table, as plain data. A new module is a new suite.

Running them belongs to `orchestration/gating`. What a document must satisfy is raised in reading; shape, keys and relations are dbt's
tests; no rule is stated twice.
"""

from importlib import import_module
from pkgutil import iter_modules

from expectations.suite import Suite

_BUILDERS = ("shared", "suite")
_MODULES = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__) if module.name not in _BUILDERS)

# As people read of them: marts before audit, dimensions before what refers to them, then by name.
SUITES: tuple[Suite, ...] = tuple(
    sorted((module.SUITE for module in _MODULES), key=lambda suite: (suite.schema != "marts", ".dim_" not in suite.table, suite.table))
)
