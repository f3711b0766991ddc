"""Generates `dbt_project/seeds/gazetteer` and `industries/isic4.csv` from pinned packages and curated files: `python -m tools.seeds`.

Build-time only: nothing of it is imported when the pipeline runs. What people decided stands in `curated/` with its reason;
what other people published stands in `upstream/` or in the packages of `requirements/seeds.in`, checked by hash.
"""
