select
    listings.listing_id,
    listings.is_repaired,
    count(repairs.repair_id) as repair_count
from {{ ref('fct_cluster_listings') }} as listings
left join {{ ref('repairs') }} as repairs
    on listings.listing_id = repairs.listing_id
group by listings.listing_id, listings.is_repaired
having listings.is_repaired <> (count(repairs.repair_id) > 0)
