"""The data dictionary says what the dbt YAML says."""

from orchestration.paths import DBT_PROJECT
from orchestration.releasing.descriptions import read_descriptions
from orchestration.releasing.tables import RELEASED
from tools.data_dictionary import DICTIONARY, dictionary


def test_the_data_dictionary_is_what_the_yaml_says_now():
    assert DICTIONARY.read_text(encoding="utf-8") == dictionary(), "run `make dictionary`"


def test_every_released_table_and_column_is_in_it_with_a_type_and_a_meaning():
    docs = read_descriptions(DBT_PROJECT / "models")
    text = dictionary()
    for table in RELEASED:
        _, _, section = text.partition(f"\n## {table.full_name}\n")
        section, _, _ = section.partition("\n## ")
        for name, column in docs[table.full_name].columns.items():
            assert column.data_type, f"{table.full_name}.{name} has no type"
            assert f"| `{name}` | {column.data_type} | {column.description[:20]}" in section
