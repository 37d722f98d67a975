"""The shop as a web application of its own, on an address of its own, as a merchant's is. It keeps its orders while it runs."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import Final
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from tandem.faces.shop.lender import Lender
from tandem.faces.shop.orders import GOODS, Order, is_from_lender
from tandem.faces.shop.pages import FRAME_SCRIPT, STYLE, Language, framed, goods, order_page, trouble
from tandem.kernel.errors import Unavailable
from tandem.kernel.identity import Entropy
from tandem.kernel.time import Clock

__all__ = ["create_shop"]

_DEVICE: Final = "shop_device"
_ORDERS_MAX: Final = 1_000
_FORM_MAX: Final = 4_096


def create_shop(lender: Lender, currency: str, *, clock: Clock, entropy: Entropy) -> Starlette:
    """The ASGI application of the sandbox shop.

    Args:
        lender: who lends to its customers. currency: of its prices.
    """
    return _Shop(lender, currency, clock, entropy).application()


class _Shop:
    def __init__(self, lender: Lender, currency: str, clock: Clock, entropy: Entropy) -> None:
        self._lender = lender
        self._currency = currency
        self._clock = clock
        self._entropy = entropy
        self._orders: dict[str, Order] = {}
        policy = "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self' {0}; frame-src {0}"
        self._headers = {
            "content-security-policy": policy.format(lender.address) + "; frame-ancestors 'none'; base-uri 'none'",
            "cache-control": "no-store",
            "referrer-policy": "no-referrer",
            "x-content-type-options": "nosniff",
        }

    def application(self) -> Starlette:
        routes = [
            Route("/", self.front),
            Route("/shop.css", self.style),
            Route("/frame.js", self.script),
            Route("/orders", self.buy, methods=["POST"]),
            Route("/orders/{number}", self.order),
            Route("/orders/{number}/pay", self.pay, methods=["POST"]),
            Route("/orders/{number}/refund", self.refund, methods=["POST"]),
        ]

        @contextlib.asynccontextmanager
        async def open_for_business(_: Starlette) -> AsyncIterator[None]:
            yield
            await self._lender.close()

        return Starlette(routes=routes, lifespan=open_for_business)

    async def front(self, request: Request) -> Response:
        response = self._html(goods(_language(request), self._currency))
        if _DEVICE not in request.cookies:
            response.set_cookie(_DEVICE, self._entropy.bytes(12).hex(), httponly=True, samesite="strict")
        return response

    async def style(self, _: Request) -> Response:
        return PlainTextResponse(STYLE, headers=self._headers, media_type="text/css")

    async def script(self, _: Request) -> Response:
        return PlainTextResponse(FRAME_SCRIPT, headers=self._headers, media_type="text/javascript")

    async def buy(self, request: Request) -> Response:
        if _foreign(request):
            return PlainTextResponse("Not from here.", 403, headers=self._headers)
        form = await _form(request)
        good = next((one for one in GOODS if one.name == form.get("good")), None)
        member = form.get("member", "").strip()[:60]
        if good is None or not member:
            return self._html(trouble("?", _language(request)), status=422)
        while len(self._orders) >= _ORDERS_MAX:
            del self._orders[next(iter(self._orders))]
        order = Order(number=f"S-{self._entropy.bytes(5).hex()}", good=good, member=member)
        self._orders[order.number] = order
        return await self._to_lender(request, order, in_frame=form.get("how") == "frame")

    async def pay(self, request: Request) -> Response:
        order = self._orders.get(request.path_params["number"])
        if order is None or _foreign(request):
            return RedirectResponse("/", 303, headers=self._headers)
        return await self._to_lender(request, order, in_frame=False)

    async def order(self, request: Request) -> Response:
        order = self._orders.get(request.path_params["number"])
        if order is None:
            return RedirectResponse("/", 303, headers=self._headers)
        signed = None
        if "signature" in request.query_params:
            told = dict(request.query_params)
            own = told.get("invitation") == order.invitation
            signed = own and is_from_lender(told, self._lender.key, self._clock.now())
        try:
            # Whatever the browser says, signed or not, the lender is asked.
            await self._lender.look(order)
        except Unavailable as error:
            return self._html(trouble(error.detail, _language(request)), status=503)
        return self._html(order_page(order, _language(request), self._currency, signed=signed))

    async def refund(self, request: Request) -> Response:
        order = self._orders.get(request.path_params["number"])
        if order is None or _foreign(request):
            return RedirectResponse("/", 303, headers=self._headers)
        try:
            await self._lender.refund(order)
        except Unavailable as error:
            return self._html(trouble(error.detail, _language(request)), status=503)
        return RedirectResponse(f"/orders/{order.number}", 303, headers=self._headers)

    async def _to_lender(self, request: Request, order: Order, *, in_frame: bool) -> Response:
        back = f"{request.base_url}orders/{order.number}"
        try:
            await self._lender.invite(order, back=back, device=request.cookies.get(_DEVICE, order.number))
        except Unavailable as error:
            return self._html(trouble(error.detail, _language(request)), status=503)
        address = self._lender.address + order.path
        if in_frame:
            return self._html(framed(order, address, _language(request)))
        return RedirectResponse(address, 303, headers=self._headers)

    def _html(self, page: str, *, status: int = 200) -> HTMLResponse:
        return HTMLResponse(page, status, headers=self._headers)


def _language(request: Request) -> Language:
    return "zh-CN" if request.headers.get("accept-language", "").lower().startswith("zh") else "en"


async def _form(request: Request) -> dict[str, str]:
    """The fields of a small form; none of one that is larger than ours ever are."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > _FORM_MAX:
        return {}
    found = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=20)
    return {name: values[0] for name, values in found.items()}


def _foreign(request: Request) -> bool:
    """Whether a page of another site sends this."""
    return request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}
