with

listings as (

    select * from {{ ref('stg_raw__listings') }}

),

terms as (

    select * from {{ ref('stg_industries__industry_terms') }}

),

industries as (

    select * from {{ ref('stg_industries__industries') }}

),

printed as (

    select distinct industry_key
    from listings

),

-- A keyword is a word or phrase of an English key, and any stretch of a Chinese one. Looked up by its first word or character, so that
-- the work grows with the words printed and not with the lexicon.
tokens_printed as (

    select distinct
        printed.industry_key,
        {{ is_latin('printed.industry_key') }} as is_latin,
        ' ' || {{ regex_replace('printed.industry_key', '( (product|processing|production|making|manufacture|manufacturing))+$', '') }} as spaced_key,
        tokens.token
    from printed
    {{ each("split(printed.industry_key, case when " ~ is_latin('printed.industry_key') ~ " then ' ' else '' end)", 'tokens', 'token') }}

),

keywords as (

    select
        term_key,
        industry_id,
        weight,
        split_part(term_key, ' ', 1) as first_word,
        substr(term_key, 1, 1) as first_character
    from terms
    where match = 'keyword'

),

found as (

    select
        tokens_printed.industry_key,
        keywords.industry_id,
        keywords.weight,
        case
            when instr(tokens_printed.spaced_key, ' ' || keywords.term_key || ' and ') > 0 then 1
            when substr(tokens_printed.spaced_key, length(tokens_printed.spaced_key) - length(keywords.term_key)) = ' ' || keywords.term_key then 1
            else 0
        end as closes
    from tokens_printed
    inner join keywords
        on
            tokens_printed.token = keywords.first_word
            and instr(' ' || tokens_printed.industry_key || ' ', ' ' || keywords.term_key || ' ') > 0
    where tokens_printed.is_latin

    union all

    select
        tokens_printed.industry_key,
        keywords.industry_id,
        keywords.weight,
        case
            when substr(tokens_printed.spaced_key, length(tokens_printed.spaced_key) - length(keywords.term_key) + 1) = keywords.term_key then 1
            else 0
        end as closes
    from tokens_printed
    inner join keywords
        on
            tokens_printed.token = keywords.first_character
            and instr(tokens_printed.industry_key, keywords.term_key) > 0
    where not tokens_printed.is_latin

),

scores as (

    select
        industry_key,
        industry_id,
        sum(weight) as score,
        max(closes) as closes
    from found
    group by industry_key, industry_id

),

final as (

    select
        scores.*,
        industries.name_en,
        industries.isic4_class,
        industries.isic4_division,
        industries.isic4_section,
        row_number() over (
            partition by scores.industry_key
            order by scores.score desc nulls last, scores.industry_id asc nulls last
        ) as place
    from scores
    inner join industries
        on scores.industry_id = industries.industry_id

)

select * from final
