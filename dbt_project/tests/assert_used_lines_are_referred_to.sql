select
    ledger.source_id,
    ledger.line_number
from {{ ref('line_ledger') }} as ledger
left join {{ ref('provenance') }} as provenance
    on
        ledger.source_id = provenance.source_id
        and ledger.line_number = provenance.line_number
where
    ledger.fate = 'used'
    and provenance.source_id is null
