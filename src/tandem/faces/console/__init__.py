"""The console as a browser gets it: the files that ``console/`` was built to."""

from tandem.faces.console.files import NONCE, ConsoleFile, console_files, customers_page, index_of
from tandem.faces.console.unbuilt import UNBUILT

__all__ = ["NONCE", "UNBUILT", "ConsoleFile", "console_files", "customers_page", "index_of"]
