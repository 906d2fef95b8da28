"""The browser of `browsing`, for every test of the page that asks for it."""

from tests.chat.browsing import address, browser, visit

__all__ = ["address", "browser", "visit"]
