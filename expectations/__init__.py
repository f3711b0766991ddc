"""What a reader of each published table may rely on: one module per table, as plain data. Running them belongs to `orchestration/gating`.

What a document must satisfy is raised in reading; shape, keys and relations are dbt's tests; no rule is stated twice.
"""

from expectations import (
    alternatives,
    bridge_clusters_localities,
    clusters,
    declared_totals,
    dim_clusters,
    dim_industries,
    dim_localities,
    dim_provinces,
    dim_sources,
    document_lines,
    fct_awards,
    fct_cluster_listings,
    fct_province_tallies,
    fct_statistics,
    line_ledger,
    provenance,
    quarantine,
    repairs,
    review_questions,
)

SUITES = (
    dim_sources.SUITE,
    dim_provinces.SUITE,
    dim_localities.SUITE,
    dim_industries.SUITE,
    dim_clusters.SUITE,
    bridge_clusters_localities.SUITE,
    fct_cluster_listings.SUITE,
    fct_province_tallies.SUITE,
    fct_awards.SUITE,
    fct_statistics.SUITE,
    clusters.SUITE,
    line_ledger.SUITE,
    document_lines.SUITE,
    repairs.SUITE,
    alternatives.SUITE,
    quarantine.SUITE,
    provenance.SUITE,
    declared_totals.SUITE,
    review_questions.SUITE,
)
