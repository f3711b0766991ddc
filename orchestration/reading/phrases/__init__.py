"""What a few words may be: the name of a cluster, a title, a contest, a figure. The map is at the head of `reading`."""
