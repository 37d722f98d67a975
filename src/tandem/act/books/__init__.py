"""What every book of this wing is: a fold of one kind of journal record, and the one way to add to it."""

from tandem.act.books.book import Book, Draft, Request, Written
from tandem.act.books.keeping import BookSnapshot, EncodedShortening, Shortening, form_of, nothing_collected

__all__ = [
    "Book",
    "BookSnapshot",
    "Draft",
    "EncodedShortening",
    "Request",
    "Shortening",
    "Written",
    "form_of",
    "nothing_collected",
]
