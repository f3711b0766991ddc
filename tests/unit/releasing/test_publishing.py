"""What a publish makes, what it refuses, and what it leaves as it was."""

import duckdb


def test_a_release_holds_the_allow_list_and_nothing_else(world):
    release = world.publish("r1")
    with duckdb.connect(str(release.database), read_only=True) as connection:
        found = connection.execute("select schema_name || '.' || table_name from duckdb_columns() where not internal group by 1").fetchall()
    assert len(found) == 16
    print(world.names())
