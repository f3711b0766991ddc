"""The clusters that running text names, and what it says that places make. The map is at the head of `reading`."""
