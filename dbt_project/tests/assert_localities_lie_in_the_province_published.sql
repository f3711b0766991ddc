select
    listings.listing_id,
    listings.province_code_gb2260,
    localities.province_code_gb2260 as locality_province_code
from {{ ref('fct_cluster_listings') }} as listings
inner join {{ ref('dim_localities') }} as localities
    on listings.locality_id = localities.locality_id
where listings.province_code_gb2260 <> localities.province_code_gb2260
