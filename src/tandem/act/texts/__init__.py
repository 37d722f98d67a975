"""Texts with fields: filled in with plain values, whatever they say; amounts as people read them."""

from tandem.act.texts.filling import amount_text, fields_in, filled

__all__ = ["amount_text", "fields_in", "filled"]
