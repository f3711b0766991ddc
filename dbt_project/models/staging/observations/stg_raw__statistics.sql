select * from {{ source('raw', 'statistics') }}
