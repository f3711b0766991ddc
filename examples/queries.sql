-- How many clusters does a source declare for each province, and how many does it list?
select p.name_en as province, t.declared_count as declared, t.listed_count as listed, t.is_reconciled as agrees, t.quote as printed
from marts.fct_province_tallies as t
join marts.dim_provinces as p using (province_code_gb2260)
where t.measure = 'listed_clusters'
order by declared desc, province
limit 8;

-- Which province labels had slipped against their rows, and which two witnesses say so?
select
    line_number as line,
    printed,
    published,
    regexp_extract(evidence, '\((label[^;]*)', 1) as order_and_counts,
    regexp_extract(evidence, 'gazetteer: (.*)$', 1) as gazetteer
from audit.repairs
where rule = 'slipped_label'
order by line_number;

-- Which cluster do two sources name, eleven years apart and in different words?
select c.name as cluster, l.as_of_date, s.publisher, l.locality_printed, l.industry_printed
from marts.clusters as c
join marts.fct_cluster_listings as l using (cluster_id)
join marts.dim_sources as s using (source_id)
where c.source_count > 1
order by c.cluster_id, l.as_of_date;

-- Which counties of 2010 have another code today, and which industries were listed there?
select
    p.county_name_en as county,
    p.county_code_gb2260 as code_of_2010,
    p.current_county_code_gb2260 as code_today,
    max(p.valid_to) as valid_to,
    string_agg(distinct c.industry, ', ' order by c.industry) as industries
from marts.fct_cluster_listings as l
join marts.dim_localities as p using (locality_id)
join marts.clusters as c using (cluster_id)
where year(l.as_of_date) = 2010 and p.county_code_gb2260 <> p.current_county_code_gb2260
group by all
order by code_of_2010;

-- What do sources say in figures, how exactly do they say it, and in which words?
select measure, qualifier, value, unit, threshold_value::bigint as threshold, threshold_unit, year, quote
from marts.fct_statistics
order by statistic_id;
