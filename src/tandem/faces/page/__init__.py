"""The first page: what is decided right now, and why."""

from tandem.faces.page.files import PageFile, page_files

__all__ = ["PageFile", "page_files"]
