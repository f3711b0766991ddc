select
    ledger.source_id,
    ledger.line_number
from {{ ref('line_ledger') }} as ledger
left join {{ ref('quarantine') }} as quarantine
    on
        ledger.source_id = quarantine.source_id
        and ledger.line_number = quarantine.line_number
where
    ledger.fate = 'quarantined'
    and quarantine.source_id is null
