# A release in R: its spreadsheet and its map layer.
# Run: Rscript examples/with_r.R [RELEASE]; the release is warehouse/current where none is named.
# Needs: readxl and jsonlite (Debian's r-cran-readxl and r-cran-jsonlite, or install.packages). A release too large for a spreadsheet
# is read by the CRAN package duckdb (1.2 or newer): dbConnect(duckdb::duckdb(), ".../jiqun.duckdb", read_only = TRUE).
arguments <- commandArgs(trailingOnly = TRUE)
release <- if (length(arguments) > 0) arguments[[1]] else "warehouse/current"
sheet <- function(name) as.data.frame(readxl::read_excel(file.path(release, "jiqun.xlsx"), sheet = name))

clusters <- sheet("clusters")
print(head(sort(table(clusters$province), decreasing = TRUE)))

# "over 6,000" and "nearly half" are not 6,000 and 50: the qualifier belongs to the figure.
print(sheet("fct_statistics")[, c("subject_name", "measure", "qualifier", "value", "unit")])

# Codes keep their zeros and hanzi their shape: they are text.
print(head(sheet("dim_provinces")[, c("province_code_gb2260", "name_en", "name_zh")]))

features <- jsonlite::fromJSON(file.path(release, "clusters.geojson"))$features
points <- do.call(rbind, features$geometry$coordinates)
cat(nrow(points), "of", nrow(features), "clusters have a point; the northernmost lies at", max(points[, 2]), "degrees\n")
