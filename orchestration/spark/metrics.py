"""How Great Expectations counts unexpected rows on Spark: for all rules of a table in one statement, where its own metric takes one each.

Imported for its effect: defining a metric registers it. Great Expectations bundles what it calls partial functions; a query becomes one
as a scalar subquery of that bundle.
"""

from typing import TYPE_CHECKING, Any

from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.core.metric_function_types import MetricPartialFunctionTypes
from great_expectations.execution_engine.sparkdf_execution_engine import SparkDFExecutionEngine
from great_expectations.expectations.metrics.metric_provider import metric_partial
from great_expectations.expectations.metrics.query_metric_provider import QueryMetricProvider
from pyspark.sql import functions

if TYPE_CHECKING:
    from pyspark.sql import Column

# The table asked about. Rules are bundled by table, so one name does.
_BATCH = "jiqun_batch"


class UnexpectedRowCount(QueryMetricProvider):
    """How many rows a query finds."""

    metric_name = "unexpected_rows_query.row_count"
    value_keys = ("unexpected_rows_query",)
    query_param_name = "unexpected_rows_query"

    @metric_partial(
        engine=SparkDFExecutionEngine, partial_fn_type=MetricPartialFunctionTypes.AGGREGATE_FN, domain_type=MetricDomainTypes.TABLE
    )
    def _spark(
        cls,  # noqa: N805  # the decorator makes it a method of the class
        execution_engine: SparkDFExecutionEngine,
        metric_domain_kwargs: Any,
        metric_value_kwargs: Any,
        **_: Any,
    ) -> "tuple[Column, Any, dict[str, Any]]":
        frame = execution_engine.get_compute_domain(metric_domain_kwargs, domain_type=MetricDomainTypes.TABLE)[0]
        frame.createOrReplaceTempView(_BATCH)
        query = cls._format_query(cls._get_query_from_metric_value_kwargs(metric_value_kwargs), batch=_BATCH)
        return functions.expr(f"(select count(*) from ({query}))"), metric_domain_kwargs, {}
