"""What a catalogue is told of a refresh: OpenLineage events, where the environment configures that project's own client.

| event | says |
|---|---|
| START | the run |
| COMPLETE | the documents with the hash that was read, the tables of the release with columns and rows, the gate's answers |
| FAIL | why nothing was released, the documents, and the gate's answers as far as they were asked |

Where they go is the client's matter and its variables': `OPENLINEAGE_URL`, `OPENLINEAGE_API_KEY`, `OPENLINEAGE_CONFIG` and
`OPENLINEAGE__TRANSPORT__...`. A catalogue that does not answer never ends a run.
"""

import json
import logging
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING

from orchestration.errors import JiqunError
from orchestration.paths import SIDE_CAR_SUFFIX

if TYPE_CHECKING:
    from openlineage.client.event_v2 import InputDataset, OutputDataset, RunEvent, RunState
    from openlineage.client.facet_v2 import RunFacet

    from orchestration.refreshing.refresh import Refresh
    from orchestration.releasing.store import Release

log = logging.getLogger("jiqun")

_CONFIGURED_BY = ("OPENLINEAGE_URL", "OPENLINEAGE_CONFIG", "OPENLINEAGE__TRANSPORT")
_NAMESPACE = "jiqun"


def tell_begun(refresh: "Refresh") -> None:
    """Tell that a run has begun."""
    _tell(lambda: _begun(refresh))


def tell_ended(refresh: "Refresh", serving: "Release | None") -> None:
    """Tell what came of a run: the release it made, or why it made none.

    Args:
        refresh: The run's, after its end.
        serving: The current release; this run's where it made one.
    """
    _tell(lambda: _ended(refresh, serving))


def _tell(make: "Callable[[], RunEvent]") -> None:
    if not any(name.startswith(_CONFIGURED_BY) and value for name, value in os.environ.items()):
        return
    if find_spec("openlineage") is None:
        log.warning("OpenLineage is configured, but its client is not installed: run `make shared`, or unset the OPENLINEAGE variables.")
        return
    from openlineage.client import OpenLineageClient

    try:
        client = OpenLineageClient()
        client.emit(make())
        client.close(timeout=10)
    except Exception as error:  # noqa: BLE001  (any transport of the client's, any fault of a catalogue's; the refresh stands without it)
        log.warning("The catalogue could not be told of this run: %s: %s", type(error).__name__, error)


def _begun(refresh: "Refresh") -> "RunEvent":
    from openlineage.client.event_v2 import RunState

    return _event(refresh, RunState.START, {})


def _ended(refresh: "Refresh", serving: "Release | None") -> "RunEvent":
    from openlineage.client.event_v2 import RunState
    from openlineage.client.facet_v2 import error_message_run

    facets = dict(_gate(refresh))
    if refresh.report["outcome"] == "released" and serving is not None:
        event = _event(refresh, RunState.COMPLETE, facets)
        event.outputs = list(_tables(refresh, serving))
    else:
        why = refresh.report["error"] or "The gate refused this build."
        facets["errorMessage"] = error_message_run.ErrorMessageRunFacet(message=why, programmingLanguage="Python")
        event = _event(refresh, RunState.FAIL, facets)
    event.inputs = list(_documents(refresh))
    return event


def _event(refresh: "Refresh", state: "RunState", facets: "dict[str, RunFacet]") -> "RunEvent":
    from openlineage.client.event_v2 import Job, Run, RunEvent
    from openlineage.client.facet_v2 import job_type_job

    kind = job_type_job.JobTypeJobFacet(processingType="BATCH", integration="DAGSTER", jobType="JOB")
    return RunEvent(
        eventType=state,
        eventTime=datetime.now(UTC).isoformat(),
        run=Run(runId=refresh.run_id, facets=facets),
        job=Job(namespace=_NAMESPACE, name="refresh", facets={"jobType": kind}),
        producer=f"urn:{_NAMESPACE}",
    )


def _documents(refresh: "Refresh") -> "Iterator[InputDataset]":
    """Every document that was read, by the name a local file has in OpenLineage; none where the run did not come so far."""
    from openlineage.client.event_v2 import InputDataset
    from openlineage.client.facet_v2 import dataset_version_dataset

    try:
        inputs = refresh.fingerprint().inputs
    except JiqunError:
        return
    for item in inputs:
        if item.read and not item.path.endswith(SIDE_CAR_SUFFIX):
            version = dataset_version_dataset.DatasetVersionDatasetFacet(datasetVersion=item.read)
            yield InputDataset(namespace="file", name=str(refresh.raw / item.path), facets={"version": version})


def _tables(refresh: "Refresh", release: "Release") -> "Iterator[OutputDataset]":
    """Every table of the release, by the path under which readers find it whatever is released next."""
    from openlineage.client.event_v2 import OutputDataset
    from openlineage.client.facet_v2 import (
        dataset_version_dataset,
        documentation_dataset,
        output_statistics_output_dataset,
        schema_dataset,
    )

    version = dataset_version_dataset.DatasetVersionDatasetFacet(datasetVersion=release.id)
    for resource in json.loads((release.path / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        if (table := resource["name"]) not in release.manifest["tables"]:
            continue
        fields = [
            schema_dataset.SchemaDatasetFacetFields(name=field["name"], type=field["type"], description=field.get("description"))
            for field in resource["schema"]["fields"]
        ]
        rows = release.manifest["tables"][table]["row_count"]
        yield OutputDataset(
            namespace="file",
            name=str(refresh.warehouse.current / resource["path"]),
            facets={
                "version": version,
                "schema": schema_dataset.SchemaDatasetFacet(fields=fields),
                "documentation": documentation_dataset.DocumentationDatasetFacet(description=resource["description"]),
            },
            outputFacets={"outputStatistics": output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet(rowCount=rows)},
        )


def _gate(refresh: "Refresh") -> "Iterator[tuple[str, RunFacet]]":
    """The answers of the gate, as tests of the run."""
    from openlineage.client.facet_v2 import test_run

    gate = refresh.report["gate"]
    if gate is None:
        return
    tests = [
        test_run.TestExecution(
            name=f"{answer['table']}.{answer['expectation']}",
            status="pass" if answer["outcome"] == "pass" else "fail",
            severity="error" if answer["severity"] == "critical" else "warn",
            actual=answer["observed"],
        )
        for answer in gate["results"]
    ]
    yield "test", test_run.TestRunFacet(tests=tests)
