"""The hand-checked answer tables, laid beside a build database so that expectations can compare. Checked in, never written here."""

from pathlib import Path

import duckdb

from orchestration.errors import JiqunError

# Table: columns beside source_id, as tests/answers/README.md describes them.
TABLES = {
    "listings": {
        "ordinal": "integer",
        "line_number": "integer",
        "province_printed": "varchar",
        "province_code": "varchar",
        "locality_printed": "varchar",
        "place_level": "varchar",
        "place_name_zh": "varchar",
        "place_name_en": "varchar",
        "county_code": "varchar",
        "current_county_code": "varchar",
        "prefecture_code": "varchar",
        "industry_printed": "varchar",
        "isic4_section": "varchar",
        "isic4_division": "varchar",
        "isic4_class": "varchar",
    },
    "tallies": {"province_code": "varchar", "measure": "varchar", "declared_count": "integer", "line_number": "integer"},
    "awards": {
        "contest_name": "varchar",
        "organiser": "varchar",
        "launched_year": "integer",
        "winner_count_declared": "integer",
        "locality_printed": "varchar",
        "industry_printed": "varchar",
        "line_number": "integer",
    },
    "statistics": {
        "subject_type": "varchar",
        "locality_printed": "varchar",
        "measure": "varchar",
        "value": "double",
        "qualifier": "varchar",
        "unit": "varchar",
        "currency": "varchar",
        "threshold_value": "double",
        "threshold_unit": "varchar",
        "year": "integer",
        "line_number": "integer",
        "contains": "varchar",
    },
}


def attach_answers(connection: duckdb.DuckDBPyConnection, answers: Path) -> None:
    """Attach the in-memory database `answers`, one table per kind of fact, of every `<source_id>/<kind>.csv` in the folder.

    Raises:
        JiqunError: An answer file cannot be read, or lacks a column.
    """
    connection.execute("attach ':memory:' as answers (read_write)")
    for table, columns in TABLES.items():
        names = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        connection.execute(f"create table answers.{table} (source_id varchar, {names})")
        for file in sorted(answers.glob(f"*/{table}.csv")):
            source, path = (str(part).replace("'", "''") for part in (file.parent.name, file))
            try:
                connection.execute(
                    f"""
                    insert into answers.{table} by name
                    select '{source}' as source_id, {", ".join(columns)}
                    from read_csv('{path}', all_varchar = true, header = true, delim = ',', quote = '"')
                    """
                )
            except duckdb.Error as error:
                raise JiqunError(f"answer table {file.parent.name}/{file.name} cannot be read: {error}", "Its columns: " + names) from error
