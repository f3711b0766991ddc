select * from {{ source('raw', 'tallies') }}
