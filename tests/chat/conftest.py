"""The browser of `browsing`, for every test of the page that asks for it."""

from tests.chat.browsing import address, axe, browser, served, visit

__all__ = ["address", "axe", "browser", "served", "visit"]
