{# What DuckDB and Spark SQL spell differently, once per engine. Models use these names and never look at the target. #}

{# A regular expression as a literal: authors write \d once. #}
{% macro regex(pattern) %}{{ return(adapter.dispatch('regex', 'jiqun')(pattern)) }}{% endmacro %}
{% macro default__regex(pattern) %}'{{ pattern | replace("'", "''") }}'{% endmacro %}
{% macro spark__regex(pattern) %}'{{ pattern | replace("\\", "\\\\") | replace("'", "\\'") }}'{% endmacro %}

{# Every match replaced. #}
{% macro regex_replace(text, pattern, replacement) %}{{ return(adapter.dispatch('regex_replace', 'jiqun')(text, pattern, replacement)) }}{% endmacro %}
{% macro default__regex_replace(text, pattern, replacement) %}regexp_replace({{ text }}, {{ jiqun.regex(pattern) }}, '{{ replacement }}', 'g'){% endmacro %}
{% macro spark__regex_replace(text, pattern, replacement) %}regexp_replace({{ text }}, {{ jiqun.regex(pattern) }}, '{{ replacement }}'){% endmacro %}

{# Whether a match is found anywhere in the text. #}
{% macro regex_found(text, pattern) %}{{ return(adapter.dispatch('regex_found', 'jiqun')(text, pattern)) }}{% endmacro %}
{% macro default__regex_found(text, pattern) %}regexp_matches({{ text }}, {{ jiqun.regex(pattern) }}){% endmacro %}
{% macro spark__regex_found(text, pattern) %}({{ text }} rlike {{ jiqun.regex(pattern) }}){% endmacro %}

{# Strings joined in a stated order, nulls left out. #}
{% macro joined(text, delimiter, order_by) %}{{ return(adapter.dispatch('joined', 'jiqun')(text, delimiter, order_by)) }}{% endmacro %}
{% macro default__joined(text, delimiter, order_by) %}string_agg({{ text }}, '{{ delimiter }}' order by {{ order_by }}){% endmacro %}
{% macro spark__joined(text, delimiter, order_by) %}listagg({{ text }}, '{{ delimiter }}') within group (order by {{ order_by }}){% endmacro %}

{# `from t {{ each('split(t.keys, \';\')', 'u', 'key') }}`: one row for each element of an array. #}
{% macro each(array, alias, column) %}{{ return(adapter.dispatch('each', 'jiqun')(array, alias, column)) }}{% endmacro %}
{% macro default__each(array, alias, column) %}, unnest({{ array }}) as {{ alias }} ({{ column }}){% endmacro %}
{% macro spark__each(array, alias, column) %}, lateral explode({{ array }}) as {{ alias }} ({{ column }}){% endmacro %}

{# A short identifier of what it is made of: a letter and 12 hex digits of the md5. #}
{% macro short_id(letter, parts) %}'{{ letter }}' || substr(md5(concat_ws('|', {{ parts | join(', ') }})), 1, 12){% endmacro %}

{# Keys are either Latin (a-z, spaces and digits) or Han; edit distances are only asked of Latin ones, where engines agree. #}
{% macro is_latin(key) %}{{ jiqun.regex_found(key, '^[a-z0-9 ]+$') }}{% endmacro %}

{# Whether two Latin keys differ in so few letters that one may be a damaged copy of the other: one in five, two in eight. #}
{% macro is_near(key, other) -%}
    (
        least(length({{ key }}), length({{ other }})) >= 5
        and levenshtein({{ key }}, {{ other }}) <= case when least(length({{ key }}), length({{ other }})) >= 8 then 2 else 1 end
    )
{%- endmacro %}

{# What is printed for one name of a place, as text that differs where names differ: lengths keep prints from imitating one another. #}
{% macro wording(part, first_part) %}concat_ws(':', cast(length({{ part }}.printed) as string), {{ part }}.printed, {{ part }}.key, coalesce({{ part }}.shortened_key, ''), cast({{ part }}.line_number <> {{ first_part }}.line_number as string)){% endmacro %}
