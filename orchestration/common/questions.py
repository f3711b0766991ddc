"""The one reason for a question by which people are asked in an order: readers write it, pages and commands sort by it."""

PASSED_OVER = "nothing was read of it"


def passed_over(reason: str) -> str:
    """SQL over a column of reasons: whether a question is about what was merely passed over. Sorted by this, such come last."""
    return f"starts_with({reason}, '{PASSED_OVER}')"
