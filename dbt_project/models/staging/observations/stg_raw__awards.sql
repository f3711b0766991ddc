select * from {{ source('raw', 'awards') }}
