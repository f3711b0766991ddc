{# Keys that two rows share or whose first column is null, of many models in one query: a test of its own costs dbt 30 ms a model. #}
{% macro duplicated_keys(keys) %}
{%- for model, columns in keys.items() %}
{{ "union all" if not loop.first }}
select
    '{{ model }}' as model,
    cast({{ columns[0] }} as string) as first_column,
    count(*) as row_count
from {{ ref(model) }}
group by {{ columns | join(', ') }}
having
    count(*) > 1
    or {{ columns[0] }} is null
{%- endfor %}
{% endmacro %}
