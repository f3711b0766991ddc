"""Documents that live elsewhere: which (`listing.py`), getting it (`fetching.py`), dropping it into raw (`landing.py`).

Nothing is read here.
"""
