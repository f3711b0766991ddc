-- Rows of invented documents, drawn from the gazetteer and the lexicon of industries: table `drawn`, one row per listing.
-- Everything hangs on `hash` of the seed and the row's number, so that the same seed draws the same corpus in any order and on any threads.
-- Placeholders: {seeds}, {seed}, {listings}, {per_document}. Table `trades` (number, en, en_key, zh, zh_key) is there already.

create or replace macro draw(number, salt) as (hash(number * 31 + {seed}, salt) % 1000000)::bigint;

create or replace temp table counties as
with divisions as (
    select * from read_csv('{seeds}/gazetteer/divisions.csv', all_varchar = true)
    where valid_from <= '2010' and (valid_to is null or valid_to >= '2012')
),

counties as (select * from divisions where level = 'county' and code[3:4] != '90'),

prefectures as (select * from divisions where level = 'prefecture'),

provinces as (
    select
        province_code,
        name_en,
        name_zh,
        split_part(keys, ';', 1) as key,
        row_number() over (order by province_code) - 1 as pick
    from read_csv('{seeds}/gazetteer/provinces.csv', all_varchar = true)
    where province_code in (select province_code from counties)
),

towns as (
    select county_code, min(name_en) as name_en, min(name_zh) as name_zh
    from read_csv('{seeds}/gazetteer/towns.csv', all_varchar = true)
    group by county_code
)

select
    provinces.pick as province_pick,
    provinces.name_en as province_en,
    provinces.name_zh as province_zh,
    provinces.key as province_key,
    counties.name_en as county_en,
    counties.name_zh as county_zh,
    prefectures.name_en as prefecture_en,
    prefectures.name_zh as prefecture_zh,
    towns.name_en as town_en,
    towns.name_zh as town_zh,
    row_number() over (order by provinces.pick, counties.division_id) - 1 as number
from counties
inner join provinces using (province_code)
left join prefectures on counties.prefecture_code = prefectures.code
left join towns on counties.code = towns.county_code;

-- What is printed in the cell of the place, the finest name first: of a hundred, sixty name county and prefecture, twenty-five the county
-- alone, five a town and its county, three are misspelt, three have letters glued on, two name a prefecture, two nobody knows.
create or replace temp table drawn as
with numbered as (
    select
        i // {per_document} as document,
        i % {per_document} as place_in_document,
        (i // {per_document}) % 3 = 2 as is_zh,
        draw(i // {per_document}, 'province') + (i % {per_document}) // 10 * 7 as province_draw,
        draw(i, 'county') as county_draw,
        draw(i, 'style') % 100 as style,
        draw(i, 'trade') % (select count(*) from trades) as trade_number,
        draw(i, 'figure') % 900 + 10 as figure
    from range({listings}) as numbers (i)
),

of_provinces as (
    select *, province_draw % (select count(distinct province_pick) from counties) as province_pick
    from numbered
),

-- Materialized, so that the county is a hash join on one number.
picked as materialized (
    select of_provinces.*, provinces.first_number + of_provinces.county_draw % provinces.counties as county_number
    from of_provinces
    inner join (
        select province_pick, min(number) as first_number, count(*) as counties from counties group by province_pick
    ) as provinces on of_provinces.province_pick = provinces.province_pick
),

placed as (
    select picked.*, counties.* exclude (province_pick, number)
    from picked
    inner join counties on picked.county_number = counties.number
),

worded as (
    select
        *,
        case
            when style < 60 or style in (90, 91, 92) then prefecture_en
            when style between 85 and 89 and town_en is not null then county_en
        end as second_en,
        case
            when style < 60 then prefecture_zh
            when style between 85 and 89 and town_zh is not null then county_zh
        end as second_zh,
        case
            when style between 85 and 89 then coalesce(town_en, county_en)
            when style in (90, 91, 92) then county_en[:2] || county_en[4:]
            when style in (93, 94, 95) then county_en || ' Ki'
            when style in (96, 97) then coalesce(prefecture_en, county_en)
            when style in (98, 99) then 'Qo' || lower(county_en)
            else county_en
        end as first_en,
        case
            when style between 85 and 89 then coalesce(town_zh, county_zh)
            when style in (96, 97) then coalesce(prefecture_zh, county_zh)
            else county_zh
        end as first_zh
    from placed
)

select
    worded.document,
    worded.place_in_document,
    worded.is_zh,
    worded.place_in_document % 10 = 0 as has_label,
    worded.figure,
    worded.style in (93, 94, 95) and not worded.is_zh as is_glued,
    worded.province_key,
    if(worded.is_zh, worded.province_zh, worded.province_en) as province,
    if(worded.is_zh, worded.first_zh, worded.first_en) as first_name,
    if(worded.is_zh, worded.second_zh, worded.second_en) as second_name,
    if(worded.is_zh, concat(worded.second_zh, worded.first_zh), concat_ws(', ', worded.first_en, worded.second_en)) as place,
    if(worded.is_zh, trades.zh, trades.en) as industry,
    if(worded.is_zh, trades.zh_key, trades.en_key) as industry_key
from worded
inner join trades on worded.trade_number = trades.number;
