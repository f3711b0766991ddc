select
    provenance.table_name,
    provenance.row_id,
    provenance.column_name
from {{ ref('provenance') }} as provenance
left join {{ ref('document_lines') }} as lines
    on
        provenance.source_id = lines.source_id
        and provenance.line_number = lines.line_number
where
    lines.source_id is null
    or provenance.char_start < 0
    or provenance.char_start >= provenance.char_end
    or provenance.char_end > length(lines.text)
    or (provenance.char_start is null) <> (provenance.char_end is null)
