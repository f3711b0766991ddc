select * from {{ source('raw', 'questions') }}
