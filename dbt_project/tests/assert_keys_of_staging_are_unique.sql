{{
    duplicated_keys({
        'stg_raw__sources': ['source_id'],
        'stg_raw__lines': ['source_id', 'line_number'],
        'stg_raw__listings': ['observation_id'],
        'stg_raw__place_parts': ['printed_place_id', 'part_ordinal'],
        'stg_raw__tallies': ['observation_id'],
        'stg_raw__awards': ['observation_id'],
        'stg_raw__statistics': ['observation_id'],
        'stg_gazetteer__provinces': ['province_code'],
        'stg_gazetteer__divisions': ['division_id'],
        'stg_gazetteer__towns': ['code'],
        'stg_gazetteer__zones': ['zone_id'],
        'stg_industries__isic4': ['isic4_class'],
        'stg_industries__industries': ['industry_id'],
        'stg_industries__industry_terms': ['term_key', 'match', 'industry_id'],
        'stg_curation__place_aliases': ['alias_key', 'place_id'],
        'stg_curation__place_decisions': ['source_id', 'printed'],
        'stg_curation__industry_decisions': ['industry_key'],
        'stg_curation__cluster_decisions': ['cluster_a', 'cluster_b'],
        'stg_rules__place_rules': ['rule'],
    })
}}
