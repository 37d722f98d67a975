"""Letters about decisions: the lender's words and dated legal packs around the principal reasons."""

from tandem.decide.letters.composing import LetterBlock, LetterFacts, PackInEffect, UsedData, WrittenLetter, compose
from tandem.decide.letters.definitions import (
    PLACEHOLDERS,
    REQUIRED_TOPICS,
    DataSource,
    LegalPack,
    LegalVersion,
    Letter,
    Paragraph,
    missing_topics,
    parse_legal_pack,
    parse_letter,
)
from tandem.decide.letters.formatting import amount_in_words, date_in_words, value_in_words
from tandem.decide.letters.rendering import letter_html, letter_text
from tandem.decide.letters.words import Language

__all__ = [
    "PLACEHOLDERS",
    "REQUIRED_TOPICS",
    "DataSource",
    "Language",
    "LegalPack",
    "LegalVersion",
    "Letter",
    "LetterBlock",
    "LetterFacts",
    "PackInEffect",
    "Paragraph",
    "UsedData",
    "WrittenLetter",
    "amount_in_words",
    "compose",
    "date_in_words",
    "letter_html",
    "letter_text",
    "missing_topics",
    "parse_legal_pack",
    "parse_letter",
    "value_in_words",
]
