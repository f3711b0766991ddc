{# The schema is the one a folder asks for, exactly: `marts`, not `main_marts`. An engine whose schemas outlive a run puts the run's name before it. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ env_var('JIQUN_SCHEMA_PREFIX', '') }}{{ custom_schema_name if custom_schema_name else target.schema }}
{%- endmacro %}
