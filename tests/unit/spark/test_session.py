"""What is asked of a cluster before any work."""

import pytest

from orchestration.errors import JiqunError
from orchestration.spark.session import require_version


def test_a_spark_too_old_for_the_models_is_named_with_its_version() -> None:
    with pytest.raises(JiqunError, match=r"need Spark 4\.2 or later, and this cluster runs 4\.1\.1"):
        require_version("4.1.1")


@pytest.mark.parametrize("version", ["4.2.0", "4.10.1", "5.0.0-preview1"])
def test_later_ones_are_taken(version: str) -> None:
    require_version(version)
