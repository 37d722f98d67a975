"""The shop's own server asks the lender, with a merchant's key that no browser sees."""

from __future__ import annotations

from typing import Any, Final

import httpx

from tandem.faces.shop.orders import Order, OrderState
from tandem.kernel.errors import Unavailable

__all__ = ["Lender"]

_ACTS: Final = ["apply", "see", "sign", "repay", "object"]
_TIMEOUT_S: Final = 30.0


class Lender:
    """The lender, as a merchant sees it.

    Args:
        address: of its server. key: the merchant's. product: what is bought with.
        transport: another way to it, for tests.
    """

    def __init__(
        self, address: str, key: str, product: str, *, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self.address = address
        self.key = key
        self._product = product
        self._client = httpx.AsyncClient(
            base_url=address, headers={"Authorization": f"Bearer {key}"}, timeout=_TIMEOUT_S, transport=transport
        )

    async def close(self) -> None:
        """Let go of connections."""
        await self._client.aclose()

    async def invite(self, order: Order, *, back: str, device: str) -> None:
        """Have the customer of ``order`` let in; asked again for the same order it is the same purchase, with a new pass.

        Raises:
            Unavailable: the lender does not answer, or refuses; its words.
        """
        body = {
            "key": order.number,
            "identifier": order.member,
            "acts": _ACTS,
            "product": self._product,
            "amount_minor": order.good.price_minor,
            "reference": order.number,
            "back": back,
            "values": {"device": device},
        }
        told = await self._ask("POST", "/v1/invitations", json=body)
        order.invitation, order.path = told["invitation"], told["path"]

    async def look(self, order: Order) -> None:
        """Bring ``order`` up to date with what the lender says of it; a browser's word alone is never enough.

        Raises:
            Unavailable: the lender does not answer.
        """
        _take(order, await self._ask("GET", f"/v1/invitations/{order.invitation}"))

    async def refund(self, order: Order) -> None:
        """Give back what was paid, all of it; asked again it gives back no more.

        Raises:
            Unavailable: the lender does not answer, or refuses; its words.
        """
        body = {"refund_id": f"{order.number}.all", "amount_minor": order.paid_minor}
        _take(order, await self._ask("POST", f"/v1/invitations/{order.invitation}/refunds", json=body))

    async def _ask(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        try:
            reply = await self._client.request(method, path, **request)
            told: dict[str, Any] = reply.json()
        except (httpx.HTTPError, ValueError) as error:
            raise Unavailable(f"The lender does not answer: {error}.", code="lender_unreachable") from None
        if reply.is_error:
            raise Unavailable(f"The lender says: {told.get('detail', reply.status_code)}", code="lender_refuses")
        return told


def _take(order: Order, told: dict[str, Any]) -> None:
    states: dict[str, OrderState] = {"open": "waiting", "signed": "paid", "refunded": "refunded"}
    order.state = states[told["state"]]
    order.paid_minor, order.refunded_minor = told["paid_minor"], told["refunded_minor"]
