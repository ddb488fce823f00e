"""Every component on one page, at a phone's and a desk's width, light and dark."""

from playwright.sync_api import Page, expect

from tests.support.browser import axe, shot


def test_the_page_of_all_components_looks_right_and_is_accessible(cast, page_of):
    page: Page = page_of(cast.budi)
    page.goto("/gaya/")
    expect(page.get_by_role("heading", name="Gaya")).to_be_visible()
    shot(page, "gaya")
    axe(page)
