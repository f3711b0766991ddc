# The set-up needs Python 3.11 or newer and make, nothing else. Every package comes from a lock with hashes.
PYTHON ?= python3
BIN := .venv/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --requirement

.PHONY: run test unit torture spark parity accuracy bench bench-scale check format lock upgrade seeds dictionary licences queries pictures dev shared clean

## run: make .venv if needed, refresh the warehouse from raw/, say where the release is
run: .venv/run
	$(BIN)/jiqun refresh

## test: make .venv if needed, run the whole test suite
test: .venv/dev
	$(BIN)/python -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

## unit: the part of the suite that needs neither dbt nor Dagster (seconds)
unit: .venv/dev
	$(BIN)/python -m pytest tests/unit

## torture: the long campaigns (hours): hundreds of kills and refreshes, a hundred thousand hostile inputs
torture: .venv/dev
	$(BIN)/python -m pytest -m torture

## spark: the shipped documents refreshed by Spark on this machine alone, held against DuckDB's release: the part of parity that CI runs
spark: .venv/spark
	$(BIN)/python -m pytest -m spark tests/spark/test_parity.py -k driver_here

## parity: every table of both engines alike, on a cluster of two workers here; DOCUMENTS= invented ones (20000); faults too; some 20 minutes
parity: .venv/spark
	JIQUN_PARITY_DOCUMENTS=$(DOCUMENTS) $(BIN)/python -m pytest -m spark tests/spark

## accuracy: measure the labelled documents and damaged tables, and write docs/accuracy.md
accuracy: .venv/dev
	$(BIN)/python -m tests.accuracy

## bench: measure beside the yardsticks, and write docs/performance.md
bench: .venv/dev
	$(BIN)/python -m benchmarks

## bench-scale: the same for what grows, up to ten million listings and a hundred thousand documents (hours), and write docs/growth.md
bench-scale: .venv/dev
	$(BIN)/python -m benchmarks.growth

## check: format, lint and type-check without changing anything
check: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --processes 2 dbt_project/models dbt_project/tests

## format: let ruff rewrite what it can
format: .venv/dev
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

## seeds: generate dbt_project/seeds again from the pinned packages (tools/seeds)
seeds: .venv/dev
	$(BIN)/python -m tools.seeds

## dictionary: write docs/data_dictionary.md from the dbt YAML
dictionary: .venv/run
	$(BIN)/python -m tools.data_dictionary

## licences: write docs/licences.md from what the locked packages say of themselves
licences: .venv/dev
	$(BIN)/python -m tools.licences

## queries: write the answers of examples/queries.sql, asked of the current release, into README.md
queries: run
	$(BIN)/python -m tools.readme_queries

## pictures: take the pictures of README.md from the current release (needs Debian's chromium and fonts-wqy-microhei)
pictures: .venv/dev run
	$(BIN)/python -m tools.screenshots

## dev: Dagster's webserver and daemon on 127.0.0.1
dev: .venv/run
	$(BIN)/python -m orchestration.services dev

## shared: what a shared deployment needs besides: Dagster's storage in Postgres, and lineage events for a catalogue
shared: .venv/run
	$(PIP_INSTALL) requirements/shared.lock

# A stamp per lock: installing again happens when the lock is newer, not at every call.
.venv/run: requirements/run.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "Python's venv module is missing: apt install python3-venv, then run make again" >&2; rm -rf .venv; exit 1; }
	$(PIP_INSTALL) requirements/run.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q -j 2 .venv/lib orchestration expectations >/dev/null || true
	@touch $@

.venv/dev: .venv/run requirements/dev.lock requirements/seeds.lock
	$(PIP_INSTALL) requirements/dev.lock
	$(PIP_INSTALL) requirements/seeds.lock
	$(BIN)/python -m compileall -q -j 2 .venv/lib >/dev/null || true
	@touch $@

.venv/spark: .venv/dev requirements/spark.lock
	@command -v java >/dev/null && command -v faketime >/dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq --no-install-recommends default-jre-headless faketime; } || { echo "Java or faketime is missing: apt install default-jre-headless faketime, then run make parity again" >&2; exit 1; }
	$(PIP_INSTALL) requirements/spark.lock
	@touch $@

## lock: resolve the locks again (needs uv); no index address may stand in them
UV_COMPILE = uv pip compile --quiet $(UPGRADE) --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
lock:
	@command -v uv >/dev/null || { echo "uv is missing: python3 -m pip install uv, put it on PATH, then run make lock again" >&2; exit 1; }
	$(UV_COMPILE) --universal pyproject.toml requirements/build.in --output-file requirements/run.lock
	$(UV_COMPILE) --universal pyproject.toml requirements/build.in --extra dev --constraints requirements/run.lock --output-file requirements/dev.lock
	$(UV_COMPILE) --universal pyproject.toml requirements/build.in --extra spark --constraints requirements/dev.lock --output-file requirements/spark.lock
	$(UV_COMPILE) --universal pyproject.toml requirements/build.in --extra spark-client --constraints requirements/dev.lock --output-file requirements/spark-client.lock
	$(UV_COMPILE) --universal pyproject.toml --extra postgres --extra openlineage --constraints requirements/run.lock --output-file requirements/shared.lock
	$(UV_COMPILE) --no-deps requirements/seeds.in --output-file requirements/seeds.lock

## upgrade: newest versions that pyproject.toml allows (needs uv), installed and held against the whole suite; then look at the locks' diff
upgrade:
	$(MAKE) lock UPGRADE=--upgrade
	$(MAKE) licences
	$(MAKE) test

clean:
	rm -rf .venv warehouse/build warehouse/releases warehouse/current
