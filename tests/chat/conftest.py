"""The browser of `browsing`, for every test of the page that asks for it."""

from tests.chat.browsing import address, browser, served, visit

__all__ = ["address", "browser", "served", "visit"]
