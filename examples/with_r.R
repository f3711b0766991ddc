# A release in R, by DuckDB and by Parquet.
# Run: Rscript examples/with_r.R [RELEASE]; the release is warehouse/current where none is named.
# Needs: install.packages(c("duckdb", "nanoparquet")); duckdb 1.2 or newer.
arguments <- commandArgs(trailingOnly = TRUE)
release <- if (length(arguments) > 0) arguments[[1]] else "warehouse/current"

jiqun <- DBI::dbConnect(duckdb::duckdb(), file.path(release, "jiqun.duckdb"), read_only = TRUE)
clusters <- DBI::dbGetQuery(jiqun, "select * from marts.clusters order by cluster_id")
DBI::dbDisconnect(jiqun)
print(sort(table(clusters$province), decreasing = TRUE))

# The same rows without DuckDB.
statistics <- nanoparquet::read_parquet(file.path(release, "parquet", "marts.fct_statistics.parquet"))
print(statistics[, c("subject_name", "measure", "qualifier", "value", "unit")])
