"""A merchant's sandbox shop: a till with the customer's channel in it, end to end. Labelled a sandbox on every page."""

from tandem.faces.shop.app import create_shop
from tandem.faces.shop.lender import Lender
from tandem.faces.shop.orders import GOODS, Good, Order, is_from_lender

__all__ = ["GOODS", "Good", "Lender", "Order", "create_shop", "is_from_lender"]
