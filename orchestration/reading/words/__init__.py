"""What a word may be: a place, a trade, goods. The map is at the head of `reading`."""
