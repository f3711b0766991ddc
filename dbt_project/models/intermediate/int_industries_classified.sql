with

listings as (

    select * from {{ ref('stg_raw__listings') }}

),

terms as (

    select * from {{ ref('stg_industries__industry_terms') }}

),

ranked_scores as (

    select * from {{ ref('int_industries_scored') }}

),

decisions as (

    select * from {{ ref('stg_curation__industry_decisions') }}

),

printed as (

    select
        industry_key,
        {{
            regex_replace(
                'min(industry_printed)',
                '(?i)(\\s+(industrial|industry|manufacturing))?\\s+(clusters?|base)\\s*$|(先进)?(制造业|产业|工业)?(产业)?(集群|基地)$',
                ''
            )
        }} as name
    from listings
    group by industry_key

),

-- What a print is of stands last in both languages: rice cookers are cookers. Keywords that do not close the print, or one of its
-- enumerated parts, decide nothing. The margin is asked of divisions: two industries of one division may tie, and the division is
-- sure all the same; then no class is.
best_scores as (

    select
        best.industry_key,
        best.industry_id,
        best.closes,
        best.score,
        best.isic4_class,
        best.isic4_division,
        best.isic4_section,
        max(case when best.isic4_division = others.isic4_division then others.closes end) as division_closes,
        max(case when best.industry_id <> others.industry_id then others.score end) as next_score,
        max(case when best.isic4_division <> others.isic4_division then others.score end) as next_division_score,
        max(case when best.isic4_class <> others.isic4_class then others.score end) as next_class_score
    from ranked_scores as best
    inner join ranked_scores as others
        on best.industry_key = others.industry_key
    where best.place = 1
    group by all

),

suggestions as (

    select
        industry_key,
        min(case when place = 1 then industry_id end) as best_industry_id,
        {{ joined('industry_id', ';', 'place asc') }} as industry_ids,
        {{ joined("industry_id || ' (' || name_en || ')'", ', ', 'place asc') }} as suggestion
    from ranked_scores
    where place <= 3
    group by industry_key

),

-- Far enough ahead, the winner is the industry itself; less far, its division is that of the print, an industry of its own.
told as (

    select
        industry_key,
        case
            when closes = 1 and score >= coalesce(next_score, 0) + {{ var('industry_margin') }}
                then industry_id
        end as industry_id,
        division_closes = 1 and score >= coalesce(next_division_score, 0) + {{ var('keyword_margin') }} as is_division_told,
        case
            when score >= coalesce(next_class_score, 0) + {{ var('keyword_margin') }}
                then isic4_class
        end as isic4_class,
        isic4_division,
        isic4_section
    from best_scores

),

final as (

    select
        printed.industry_key,
        printed.name,
        suggestions.suggestion,
        suggestions.best_industry_id,
        suggestions.industry_ids,
        coalesce(decisions.industry_id, terms.industry_id, told.industry_id) as conformed_industry_id,
        case
            when decisions.industry_id is not null then 'curated'
            when terms.industry_id is not null then 'exact_term'
            when told.industry_id is not null or told.is_division_told then 'keyword'
            else 'unclassified'
        end as classified_by,
        told.isic4_class,
        told.isic4_division,
        told.isic4_section
    from printed
    left join decisions
        on printed.industry_key = decisions.industry_key
    left join terms
        on
            printed.industry_key = terms.term_key
            and terms.match = 'exact'
    left join told
        on printed.industry_key = told.industry_key
    left join suggestions
        on printed.industry_key = suggestions.industry_key

)

select * from final
