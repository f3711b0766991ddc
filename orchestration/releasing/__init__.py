"""The release store: copy, verify, flip, roll back, diff, page. Builds nothing."""
