"""Figures of running text, with what they are said of. The map is at the head of `reading`."""
