-- The tables of schema `raw` as readers would have filled them from tables of the rows in `drawn`: one document a `document`, a header,
-- and a line a listing; its label (with its count) where its province begins, its place, its industry, and in each third document a figure.

create or replace temp table printed as
with labelled as (
    select
        *,
        left(md5('{seed}-' || document), 16) as source_id,
        place_in_document + 2 as line_number,
        place_in_document // 10 * 10 as label_row,
        if(has_label, province || ' (' || least(10, {per_document} - place_in_document) || ')', '') as label,
        document % 3 = 0 as has_figure
    from drawn
)

select
    *,
    source_id || '-l' || lpad((place_in_document + 1)::varchar, 4, '0') as observation_id,
    length(label) + 1 as place_start,
    length(label) + 1 + length(place) as place_end,
    place_end + 1 as industry_start,
    industry_start + length(industry) as industry_end,
    first_value(label) over (partition by document, label_row order by place_in_document) as label_in_force
from labelled;

create schema raw;

create table raw.sources as
select
    source_id,
    'scale/' || lpad(any_value(document)::varchar, 7, '0') || '.txt' as file_name,
    null::varchar as title,
    null::varchar as publisher,
    null::varchar as url,
    null::date as published_on,
    date '2011-01-01' as as_of_date,
    null::date as accessed_on,
    if(any_value(is_zh), 'zh-Hans', 'en') as language,
    null::varchar as licence,
    'text/plain' as media_type,
    'utf-8' as encoding,
    source_id || repeat('0', 48) as sha256,
    sum(industry_end + 1)::bigint as byte_count,
    count(*) + 1 as line_count,
    'tab_table' as layout,
    0.9::double as layout_score,
    'prose' as layout_runner_up,
    0.1::double as layout_runner_up_score
from printed
group by source_id;

create table raw.lines as
select source_id, 1::bigint as line_number, 'Province' || chr(9) || 'City' || chr(9) || 'Cluster' as text, 'boilerplate' as fate, 'table header' as detail
from raw.sources
union all
select
    source_id,
    line_number,
    concat_ws(chr(9), label, place, industry, if(has_figure, figure::varchar, null)) as text,
    'used' as fate,
    'listing' as detail
from printed;

create table raw.listings as
select
    observation_id,
    source_id,
    place_in_document + 1 as ordinal,
    line_number,
    industry_start as char_start,
    industry_end as char_end,
    industry as industry_printed,
    industry_key,
    place as locality_printed,
    line_number as locality_line_number,
    place_start as locality_char_start,
    place_end as locality_char_end,
    false as is_locality_filled_down,
    label_in_force as province_printed,
    if(is_zh, province, province_key) as province_key,
    label_row + 2 as province_line_number,
    0::bigint as province_char_start,
    length(label_in_force) as province_char_end,
    label_in_force as aligned_province_printed,
    if(is_zh, province, province_key) as aligned_province_key,
    label_row + 2 as aligned_line_number,
    0.99::double as aligned_confidence,
    'label ' || (label_row // 10 + 1) || '; rows ' || (label_row + 1) || '-' || (label_row + 10) as alignment_evidence
from printed;

create table raw.place_parts as
with parts as (
    select *, first_name as printed_name, 1::bigint as part_ordinal, if(is_zh, coalesce(length(second_name), 0), 0) as shift
    from printed
    union all
    select *, second_name as printed_name, 2::bigint as part_ordinal, if(is_zh, 0, length(first_name) + 2) as shift
    from printed
    where second_name is not null
)

select
    observation_id,
    source_id,
    1::bigint as place_ordinal,
    part_ordinal,
    printed_name as printed,
    if(is_zh, printed_name, regexp_replace(strip_accents(lower(printed_name)), '[^a-z]', '', 'g')) as key,
    if(is_glued and part_ordinal = 1, regexp_replace(strip_accents(lower(printed_name[:-4])), '[^a-z]', '', 'g'), null) as shortened_key,
    line_number,
    place_start + shift as char_start,
    place_start + shift + length(printed_name) as char_end
from parts;

create table raw.tallies as
select
    source_id || '-t' || lpad((label_row // 10 + 1)::varchar, 4, '0') as observation_id,
    source_id,
    'listed_clusters' as measure,
    label as province_printed,
    if(is_zh, province, province_key) as province_key,
    least(10, {per_document} - place_in_document) as declared_count,
    line_number,
    0::bigint as char_start,
    length(label) as char_end,
    label as quote
from printed
where has_label;

create table raw.statistics as
select
    source_id || '-s' || lpad((place_in_document + 1)::varchar, 4, '0') as observation_id,
    source_id,
    'cluster' as subject_type,
    industry as subject_name,
    observation_id as listing_observation_id,
    'enterprise_count' as measure,
    figure::double as value,
    'exactly' as qualifier,
    'count' as unit,
    null::varchar as currency,
    null::double as threshold_value,
    null::varchar as threshold_unit,
    2010::bigint as year,
    line_number,
    industry_end + 1 as char_start,
    industry_end + 1 + length(figure::varchar) as char_end,
    figure::varchar as quote
from printed
where has_figure;
