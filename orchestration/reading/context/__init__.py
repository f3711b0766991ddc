"""What a sentence or a whole text speaks of. The map is at the head of `reading`."""
