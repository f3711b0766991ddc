"""What every refresh imports and looks up, whatever warehouse it is of: once, in the process that `tests/forked.py` forks commands from.

dbt parses here without its static parser, which keeps threads: a fork loses them, and the next parse would wait for them for ever.
"""

import os
from tempfile import TemporaryDirectory

from orchestration.common.imports import for_good
from orchestration.gating.runner import warm
from orchestration.paths import SEEDS
from orchestration.reading.words.lexicon import Lexicon

with TemporaryDirectory() as folder, for_good():
    os.environ |= {"JIQUN_WAREHOUSE": folder, "DBT_STATIC_PARSER": "false"}
    from orchestration.definitions import definitions
    from orchestration.reading import corpus, reader  # noqa: F401
definitions.resolve_job_def("refresh")
warm()
Lexicon.load(SEEDS).towns("")
