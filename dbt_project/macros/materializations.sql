{# A table made where it stands. dbt-duckdb's own makes a second one beside it and swaps the two, for readers that look on: nobody reads a
   build database, and the swap was a third of what dbt itself took. #}
{% materialization table, adapter='duckdb' %}
    {%- set target = this.incorporate(type='table') -%}
    {%- do drop_relation_if_exists(load_cached_relation(this)) -%}
    {%- call statement('main', auto_begin=False) -%}
        {{ create_table_as(False, target, compiled_code) }}
    {%- endcall -%}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}
