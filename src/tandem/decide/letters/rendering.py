"""A letter as HTML that prints on paper, and as plain text."""

from __future__ import annotations

from html import escape
from typing import Final

from tandem.decide.letters.composing import LetterBlock, WrittenLetter

__all__ = ["letter_html", "letter_text"]

_STYLE: Final = """
body { font: 16px/1.6 "Noto Serif", "Noto Serif CJK SC", "Songti SC", SimSun, Georgia, serif; color: #111; background: #fff;
  max-width: 44rem; margin: 2rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.4rem; line-height: 1.3; margin: 1.5rem 0 1rem; }
h2 { font-size: 1.05rem; margin: 1.4rem 0 .4rem; break-after: avoid; }
p, ul { margin: .5rem 0; } ul { padding-left: 1.25rem; } li { margin: .35rem 0; break-inside: avoid; }
.sender { white-space: pre-line; font-weight: 600; } .note { white-space: pre-line; text-align: right; color: #444; }
@page { size: A4; margin: 22mm 20mm; }
@media print { body { margin: 0; padding: 0; max-width: none; font-size: 11pt; } }
"""
_TAGS: Final = {"title": "h1", "heading": "h2", "paragraph": "p"}


def letter_html(letter: WrittenLetter) -> str:
    """A whole page of HTML; every word in it escaped."""
    body = "\n".join(map(_block_html, letter.blocks))
    return (
        f'<!doctype html>\n<html lang="{letter.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{escape(letter.title)}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def letter_text(letter: WrittenLetter) -> str:
    """Plain text, a paragraph a line, an empty line between them."""
    return "\n\n".join(map(_block_text, letter.blocks)) + "\n"


def _block_html(block: LetterBlock) -> str:
    if block.kind == "list":
        return "<ul>\n" + "\n".join(f"<li>{escape(one)}</li>" for one in block.items) + "\n</ul>"
    tag = _TAGS.get(block.kind)
    if tag is None:
        return f'<div class="{block.kind}">{escape(block.text)}</div>'
    return f"<{tag}>{escape(block.text)}</{tag}>"


def _block_text(block: LetterBlock) -> str:
    if block.kind == "list":
        return "\n".join(f"- {one}" for one in block.items)
    return block.text.upper() if block.kind == "heading" else block.text
