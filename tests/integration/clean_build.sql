-- A small build database that every suite passes: the tables of the contract, filled by hand from a five-row table (2010) and an
-- article (2021). Spans are computed from the lines, so that they are exact.
create schema marts;
create schema audit;

create table audit.document_lines as
select source_id, line_number::integer as line_number, text
from (values
    ('table', 1, 'Chinese 5 Industrial Clusters'),
    ('table', 2, ''),
    ('table', 3, e'Zhejiang province (3)\tLeqing, Wenzhou\tElectrical appliances industrial cluster\t'),
    ('table', 4, e'\tYiwu, Jinhua\tSmall commodities industrial cluster\t'),
    ('table', 5, e'\tChongfu, Tongxiang, Jiaxing\tFur industrial cluster\t'),
    ('table', 6, e'Shandong province (1)\tDezhou fJI\tSolar water heater industrial cluster'),
    ('table', 7, e'Shanghai (1)\t\tSteel industrial cluster'),
    ('table', 8, 'Xanadu, Nowhere'),
    ('table', 9, 'Source: Research Centre, June 2010.'),
    ('article', 1, 'Home> Industries'),
    ('article', 2, 'The Contest for Advanced Clusters, launched in 2019, has two winners, namely the Wenzhou Yueqing Electrical Industrial Cluster.'),
    ('article', 3, 'Zhejiang took one of two spots on the list, Shandong the other.'),
    ('article', 4, 'The Wenzhou Yueqing Electrical Industrial Cluster accounts for 65 percent of the national market with over 6,000 types of products.'),
    ('article', 5, 'Yueqing earned over 10 billion yuan in 2020, and 14 Zhejiang-based clusters earned over 100 billion yuan.')
) as lines(source, line_number, text)
join (values ('table', substr(sha256('table'), 1, 16)), ('article', substr(sha256('article'), 1, 16))) as ids(source, source_id) using (source);

create table marts.dim_sources as
select substr(sha256(name), 1, 16) as source_id, 'publisher/' || name || '.txt' as file_name, title, 'A publisher' as publisher,
    published_on::date as published_on, as_of_date::date as as_of_date, 'en' as language, 'text/plain' as media_type, sha256(name) as sha256,
    1000::bigint as byte_count, (select count(*) from audit.document_lines where source_id = substr(sha256(name), 1, 16))::bigint as line_count
from (values
    ('table', 'Chinese 5 Industrial Clusters', '2019-01-23', '2010-06-30'),
    ('article', 'Two clusters stand out', '2021-04-01', '2021-04-01')
) as sources(name, title, published_on, as_of_date);

create table marts.dim_provinces as
select * from (values
    ('110000', 'CN-BJ', 'Beijing', '北京市', 'municipality', 'North China'),
    ('120000', 'CN-TJ', 'Tianjin', '天津市', 'municipality', 'North China'),
    ('130000', 'CN-HE', 'Hebei', '河北省', 'province', 'North China'),
    ('140000', 'CN-SX', 'Shanxi', '山西省', 'province', 'North China'),
    ('150000', 'CN-NM', 'Inner Mongolia', '内蒙古自治区', 'autonomous_region', 'North China'),
    ('210000', 'CN-LN', 'Liaoning', '辽宁省', 'province', 'Northeast China'),
    ('220000', 'CN-JL', 'Jilin', '吉林省', 'province', 'Northeast China'),
    ('230000', 'CN-HL', 'Heilongjiang', '黑龙江省', 'province', 'Northeast China'),
    ('310000', 'CN-SH', 'Shanghai', '上海市', 'municipality', 'East China'),
    ('320000', 'CN-JS', 'Jiangsu', '江苏省', 'province', 'East China'),
    ('330000', 'CN-ZJ', 'Zhejiang', '浙江省', 'province', 'East China'),
    ('340000', 'CN-AH', 'Anhui', '安徽省', 'province', 'East China'),
    ('350000', 'CN-FJ', 'Fujian', '福建省', 'province', 'East China'),
    ('360000', 'CN-JX', 'Jiangxi', '江西省', 'province', 'East China'),
    ('370000', 'CN-SD', 'Shandong', '山东省', 'province', 'East China'),
    ('410000', 'CN-HA', 'Henan', '河南省', 'province', 'Central China'),
    ('420000', 'CN-HB', 'Hubei', '湖北省', 'province', 'Central China'),
    ('430000', 'CN-HN', 'Hunan', '湖南省', 'province', 'Central China'),
    ('440000', 'CN-GD', 'Guangdong', '广东省', 'province', 'South China'),
    ('450000', 'CN-GX', 'Guangxi', '广西壮族自治区', 'autonomous_region', 'South China'),
    ('460000', 'CN-HI', 'Hainan', '海南省', 'province', 'South China'),
    ('500000', 'CN-CQ', 'Chongqing', '重庆市', 'municipality', 'Southwest China'),
    ('510000', 'CN-SC', 'Sichuan', '四川省', 'province', 'Southwest China'),
    ('520000', 'CN-GZ', 'Guizhou', '贵州省', 'province', 'Southwest China'),
    ('530000', 'CN-YN', 'Yunnan', '云南省', 'province', 'Southwest China'),
    ('540000', 'CN-XZ', 'Tibet', '西藏自治区', 'autonomous_region', 'Southwest China'),
    ('610000', 'CN-SN', 'Shaanxi', '陕西省', 'province', 'Northwest China'),
    ('620000', 'CN-GS', 'Gansu', '甘肃省', 'province', 'Northwest China'),
    ('630000', 'CN-QH', 'Qinghai', '青海省', 'province', 'Northwest China'),
    ('640000', 'CN-NX', 'Ningxia', '宁夏回族自治区', 'autonomous_region', 'Northwest China'),
    ('650000', 'CN-XJ', 'Xinjiang', '新疆维吾尔自治区', 'autonomous_region', 'Northwest China'),
    ('710000', 'CN-TW', 'Taiwan', '台湾省', 'province', 'East China'),
    ('810000', 'CN-HK', 'Hong Kong', '香港特别行政区', 'special_administrative_region', 'South China'),
    ('820000', 'CN-MO', 'Macao', '澳门特别行政区', 'special_administrative_region', 'South China')
) as provinces(province_code_gb2260, iso_3166_2, name_en, name_zh, type, region);

create table marts.dim_localities as
select * from (values
    ('330382-1995', 'p1', 1995, null::integer, 'Yueqing', '乐清市', 'county', '330000', 'Wenzhou', '330300', 'Yueqing', '330382', '330382', 28.116, 120.962),
    ('330782-1995', 'p2', 1995, null, 'Yiwu', '义乌市', 'county', '330000', 'Jinhua', '330700', 'Yiwu', '330782', '330782', 29.306, 120.075),
    ('330483104', 'p3', 1993, null, 'Chongfu', '崇福镇', 'town', '330000', 'Jiaxing', '330400', 'Tongxiang', '330483', '330483', 30.53, 120.44),
    ('371400-1995', 'p4', 1995, null, 'Dezhou', '德州市', 'prefecture', '370000', 'Dezhou', '371400', null, null, null, 37.44, 116.36)
) as localities(locality_id, place_id, valid_from, valid_to, name_en, name_zh, level, province_code_gb2260, prefecture_name_en,
    prefecture_code_gb2260, county_name_en, county_code_gb2260, current_county_code_gb2260, latitude, longitude);
alter table marts.dim_localities alter latitude type double;
alter table marts.dim_localities alter longitude type double;

create table marts.dim_industries as
select * from (values
    ('electrical', 'Electrical appliances', '电气', 'C', '27', '2710', 'Manufacture of electric motors', 'curated'),
    ('commodities', 'Small commodities', '小商品', 'G', '46', null, 'Wholesale trade', 'lexicon'),
    ('fur', 'Fur', '毛皮', 'C', '14', '1420', 'Manufacture of articles of fur', 'curated'),
    ('solar', 'Solar water heaters', '太阳能热水器', 'C', '27', '2750', 'Manufacture of domestic appliances', 'curated'),
    ('steel', 'Steel', '钢铁', 'C', '24', '2410', 'Manufacture of basic iron and steel', 'curated')
) as industries(industry_id, name_en, name_zh, isic4_section, isic4_division, isic4_class, isic4_title, classified_by);

create table marts.fct_cluster_listings as
select source_id || '-l' || lpad(ordinal::varchar, 4, '0') as listing_id, source_id, cluster_id, ordinal::integer as ordinal, l.line_number,
    (strpos(text, industry_printed) - 1)::integer as char_start, (strpos(text, industry_printed) - 1 + length(industry_printed))::integer as char_end,
    province_printed, locality_printed, industry_printed, province_code_gb2260, locality_id, industry_id,
    (select as_of_date from marts.dim_sources as d where d.source_id = l.source_id) as as_of_date,
    confidence::double as confidence, is_repaired
from (values
    ('table', 1, 3, 'c1', 'Zhejiang province (3)', 'Leqing, Wenzhou', 'Electrical appliances industrial cluster', '330000', '330382-1995', 'electrical', 0.95, true),
    ('table', 2, 4, 'c2', 'Zhejiang province (3)', 'Yiwu, Jinhua', 'Small commodities industrial cluster', '330000', '330782-1995', 'commodities', 1.0, false),
    ('table', 3, 5, 'c3', 'Zhejiang province (3)', 'Chongfu, Tongxiang, Jiaxing', 'Fur industrial cluster', '330000', '330483104', 'fur', 1.0, false),
    ('table', 4, 6, 'c4', 'Shandong province (1)', 'Dezhou fJI', 'Solar water heater industrial cluster', '370000', '371400-1995', 'solar', 0.92, true),
    ('table', 5, 7, 'c5', 'Shanghai (1)', null, 'Steel industrial cluster', '310000', null, 'steel', 1.0, false),
    ('article', 1, 2, 'c1', null, 'Wenzhou Yueqing', 'Electrical Industrial Cluster', '330000', '330382-1995', 'electrical', 1.0, false)
) as rows(source, ordinal, line_number, cluster_id, province_printed, locality_printed, industry_printed, province_code_gb2260, locality_id,
    industry_id, confidence, is_repaired)
join audit.document_lines as l on l.source_id = substr(sha256(rows.source), 1, 16) and l.line_number = rows.line_number;

create table marts.dim_clusters as
select cluster_id, name_en, province_code_gb2260, locality_id, industry_id, min(as_of_date) as first_listed_on, max(as_of_date) as last_listed_on,
    count(distinct source_id)::integer as source_count
from marts.fct_cluster_listings
join (values
    ('c1', 'Yueqing electrical appliances'), ('c2', 'Yiwu small commodities'), ('c3', 'Chongfu fur'), ('c4', 'Dezhou solar water heaters'), ('c5', 'Shanghai steel')
) as names(cluster_id, name_en) using (cluster_id)
group by all;

create table marts.bridge_clusters_localities as
select cluster_id, locality_id, row_number() over (partition by cluster_id order by ordinal) as place_ordinal
from (
    select cluster_id, locality_id, 1 as ordinal from marts.dim_clusters where locality_id is not null
    union all select 'c2', '330483104', 2
) as places;

create table marts.fct_province_tallies as
select tally_id, substr(sha256(source), 1, 16) as source_id, province_code_gb2260, measure, declared_count::integer as declared_count,
    listed_count::integer as listed_count, declared_count = listed_count as is_reconciled, line_number::integer as line_number, quote
from (values
    ('t1', 'table', '330000', 'listed_clusters', 3, 3, 3, 'Zhejiang province (3)'),
    ('t2', 'table', '370000', 'listed_clusters', 1, 1, 6, 'Shandong province (1)'),
    ('t3', 'table', '310000', 'listed_clusters', 1, 1, 7, 'Shanghai (1)'),
    ('t4', 'article', '330000', 'contest_winners', 1, 1, 3, 'Zhejiang took one of two spots'),
    ('t5', 'article', '370000', 'contest_winners', 1, null, 3, 'Shandong the other')
) as tallies(tally_id, source, province_code_gb2260, measure, declared_count, listed_count, line_number, quote);

create table audit.declared_totals as
select total_id, substr(sha256(source), 1, 16) as source_id, measure, declared_count::integer as declared_count,
    declared_count::integer as tallied_count, listed_count::integer as listed_count, true as is_reconciled, line_number::integer as line_number, quote
from (values
    ('t6', 'table', 'listed_clusters', 5, 5, 1, 'Chinese 5 Industrial Clusters'),
    ('t7', 'article', 'contest_winners', 2, 1, 2, 'two winners')
) as totals(total_id, source, measure, declared_count, listed_count, line_number, quote);

create table audit.review_questions as
select 'v1' as question_id, 'place' as kind, 'x1' as subject_id, substr(sha256('table'), 1, 16) as source_id, 8 as line_number,
    'Xanadu, Nowhere' as printed, null::varchar as suggested_id, 'say where it is' as suggestion, 'no place of this name' as evidence;

create table marts.fct_awards as
select 'a1' as award_id, substr(sha256('article'), 1, 16) as source_id, 'Contest for Advanced Clusters' as contest_name,
    'Ministry of Industry' as organiser, 2019 as launched_year, 2 as winner_count_declared, 'c1' as cluster_id, 2 as line_number,
    'Wenzhou Yueqing Electrical Industrial Cluster' as quote;

create table marts.fct_statistics as
select statistic_id, source_id, subject_type, subject_name, cluster_id, locality_id, province_code_gb2260, measure, value::double as value,
    qualifier, unit, currency, threshold_value::double as threshold_value, threshold_unit, year::integer as year, l.line_number,
    (strpos(text, quote) - 1)::integer as char_start, (strpos(text, quote) - 1 + length(quote))::integer as char_end, quote
from (values
    ('s1', 4, 'cluster', 'Wenzhou Yueqing Electrical Industrial Cluster', 'c1', '330382-1995', '330000', 'market_share', 65, 'exactly', 'percent', null, null, null, null, '65 percent of the national market'),
    ('s2', 4, 'cluster', 'Wenzhou Yueqing Electrical Industrial Cluster', 'c1', '330382-1995', '330000', 'product_types', 6000, 'over', 'count', null, null, null, null, 'over 6,000 types of products'),
    ('s3', 5, 'locality', 'Yueqing', null, '330382-1995', '330000', 'sales_revenue', 10000000000, 'over', 'CNY', 'CNY', null, null, 2020, 'earned over 10 billion yuan'),
    ('s4', 5, 'cluster_group', 'Zhejiang-based clusters', null, null, '330000', 'cluster_count', 14, 'exactly', 'count', null, 100000000000, 'CNY', 2020, '14 Zhejiang-based clusters earned over 100 billion yuan')
) as rows(statistic_id, line_number, subject_type, subject_name, cluster_id, locality_id, province_code_gb2260, measure, value, qualifier, unit,
    currency, threshold_value, threshold_unit, year, quote)
join audit.document_lines as l on l.source_id = substr(sha256('article'), 1, 16) and l.line_number = rows.line_number;

create view marts.clusters as
select c.cluster_id, c.name_en as name, p.name_en as province, l.prefecture_name_en as prefecture, l.county_name_en as county,
    case when l.level = 'town' then l.name_en end as town, i.name_en as industry, i.isic4_division, i.isic4_title,
    coalesce(l.latitude, 31.23) as latitude, coalesce(l.longitude, 121.47) as longitude, c.first_listed_on, c.last_listed_on, c.source_count,
    (select count(*) from marts.fct_awards as a where a.cluster_id = c.cluster_id) as award_count,
    (select count(*) from marts.fct_statistics as s where s.cluster_id = c.cluster_id) as statistic_count
from marts.dim_clusters as c
left join marts.dim_provinces as p using (province_code_gb2260)
left join marts.dim_localities as l using (locality_id)
left join marts.dim_industries as i using (industry_id);

create table audit.line_ledger as
select source_id, line_number,
    case
        when text = '' then 'blank' when text like 'Xanadu%' then 'quarantined' when regexp_matches(text, '^(Home|Source)') then 'boilerplate' else 'used'
    end as fate,
    case when text = '' then null when text like 'Xanadu%' then 'no such place' when regexp_matches(text, '^(Home|Source)') then 'navigation' else 'listing' end as detail
from audit.document_lines;

create table audit.quarantine as
select 'q1' as quarantine_id, substr(sha256('table'), 1, 16) as source_id, 8 as line_number, 'Xanadu, Nowhere' as printed,
    'no place of this name in any province' as reason, 'say where it is' as suggestion;

create table audit.repairs as
select 'r1' as repair_id, substr(sha256('table'), 1, 16) as source_id, 6 as line_number, listing_id, 'locality' as field, 'Dezhou fJI' as printed,
    'Dezhou' as published, 'shortened' as rule, 'document: the row stands under Shandong; gazetteer: Dezhou 德州市 and no other there' as evidence, 0.92::double as confidence
from marts.fct_cluster_listings where locality_printed = 'Dezhou fJI'
union all
select 'r2', substr(sha256('table'), 1, 16), 3, listing_id, 'locality', 'Leqing, Wenzhou', 'Yueqing', 'heteronym',
    'document: the row stands under Zhejiang; gazetteer: 乐 is also read yue', 0.95
from marts.fct_cluster_listings where locality_printed = 'Leqing, Wenzhou';

create table audit.alternatives as
select listing_id, 'locality' as field, 1::bigint as ordinal, '372401' as alternative_id, 'Dezhou 德州市 (372401, county in Shandong)' as alternative,
    'shortened' as rule, 0.92::double as confidence, null::double as points, 'by the same rule, a prefecture is meant before a county' as reason
from marts.fct_cluster_listings where locality_printed = 'Dezhou fJI'
union all
select listing_id, 'province', 1, '310000', 'Shanghai 上海市 (310000)', 'aligned_label', 0.4, null, '"Dezhou" is in Shandong'
from marts.fct_cluster_listings where locality_printed = 'Dezhou fJI'
union all
select listing_id, 'industry', 1, 'solar', 'Solar water heaters (ISIC 2750)', 'keyword', null, 1, 'the whole print is a term of the industry published'
from marts.fct_cluster_listings where locality_printed = 'Leqing, Wenzhou';

create table audit.provenance as
select 'fct_cluster_listings' as table_name, listing_id as row_id, 'industry_printed' as column_name, source_id, line_number, char_start, char_end, 'printed' as rule
from marts.fct_cluster_listings
union all
select 'fct_cluster_listings', f.listing_id, prints.column_name, f.source_id, l.line_number, strpos(l.text, prints.printed) - 1,
    strpos(l.text, prints.printed) - 1 + length(prints.printed), 'printed'
from marts.fct_cluster_listings as f
cross join lateral (values ('locality_printed', f.locality_printed), ('province_printed', f.province_printed)) as prints(column_name, printed)
join audit.document_lines as l on l.source_id = f.source_id and contains(l.text, prints.printed)
union all select 'dim_clusters', cluster_id, 'cluster_id', source_id, line_number, char_start, char_end, 'same_place' from marts.fct_cluster_listings
union all select 'fct_province_tallies', tally_id, 'declared_count', source_id, line_number, 0, length(quote), 'printed' from marts.fct_province_tallies
union all select 'declared_totals', total_id, 'declared_count', source_id, line_number, 0, length(quote), 'printed' from audit.declared_totals
union all select 'fct_awards', award_id, 'cluster_id', source_id, line_number, 0, 5, 'printed' from marts.fct_awards
union all select 'fct_statistics', statistic_id, 'value', source_id, line_number, char_start, char_end, 'printed' from marts.fct_statistics;
