select * from {{ source('raw', 'listings') }}
