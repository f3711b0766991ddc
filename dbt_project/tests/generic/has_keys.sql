{# One test a table for all its keys, since a test costs dbt 40 ms whatever it asks; each row names the rule that it breaks. #}
{% test has_keys(model, primary, foreign={}) %}

    select
        'duplicated or missing key' as rule,
        cast({{ primary[0] }} as string) as value
    from {{ model }}
    group by {{ primary | join(', ') }}
    having
        count(*) > 1
        or {{ primary[0] }} is null
    {% for column, target in foreign.items() %}
    union all
    select
        '{{ column }} is not in {{ target }}' as rule,
        cast({{ column }} as string) as value
    from {{ model }}
    where
        {{ column }} is not null
        and {{ column }} not in (select {{ column }} from {{ ref(target) }})
    {% endfor %}

{% endtest %}
