"""Licences of what a set-up fetches."""

from tools.licences import LICENCES, licences


def test_the_page_of_licences_is_what_the_locked_packages_say_of_themselves():
    assert LICENCES.read_text(encoding="utf-8") == licences(), "run `make licences`, and read what is new in the page"
