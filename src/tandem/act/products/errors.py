"""What can be wrong with a product, or with what somebody asks of one."""

from __future__ import annotations

from tandem.kernel.errors import DefinitionError, InvalidInput

__all__ = ["CapExceeded", "OutsideProduct"]


class CapExceeded(DefinitionError):
    """A price is above what the law allows."""

    default_code = "cap_exceeded"


class OutsideProduct(InvalidInput):
    """An amount, a term or a rate that the product does not have."""

    default_code = "outside_product"
