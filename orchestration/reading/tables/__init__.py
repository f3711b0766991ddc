"""Tables and lists of clusters: rows, columns, headers, what stands around them. The map is at the head of `reading`."""
