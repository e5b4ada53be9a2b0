"""Tell a review's answers on one page.

Law of the room: what the page says comes from the tables, and what an article says is quoted, escaped and linked to its
place.
"""

from howlong.report.page.build import build_page, build_pages, write_pages
from howlong.report.page.facts import read_tables
from howlong.report.page.words import headline

__all__ = ["build_page", "build_pages", "headline", "read_tables", "write_pages"]
