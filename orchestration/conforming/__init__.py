"""dbt, run in this process on the readers' records, and what its SQL says of columns. What a name is, `dbt_project` says."""
