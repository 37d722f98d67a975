"""Portraits: where an entity was seen, with whom, and what was known of it as of any moment."""

from tandem.observe.portraits.as_of import Seen, features_as_of
from tandem.observe.portraits.index import EntityIndex, Link, Sightings

__all__ = ["EntityIndex", "Link", "Seen", "Sightings", "features_as_of"]
