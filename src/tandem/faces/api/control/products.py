"""Products of the live release, and quotes: what somebody would sign, to the minor unit."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.act.products import OnShelf, Quote, Shelf, quote
from tandem.decide.decisions import DecisionProcess
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.declaring import BODY_PROBLEMS, answers, takes
from tandem.faces.api.shapes.products import (
    InstalmentShown,
    ProductDetail,
    ProductPage,
    ProductShown,
    ProductWords,
    QuoteRequest,
    QuoteShown,
)
from tandem.kernel.time import days_to_date, parse_date

__all__ = ["product_router", "quote_shown"]

_Name = Annotated[str, Path(pattern="^[a-z][a-z0-9_]{0,79}$")]


def product_router(process: DecisionProcess, shelf: Shelf) -> APIRouter:
    """What ``shelf`` has."""
    router = APIRouter(tags=["products"])

    @router.get(
        "/v1/products",
        summary="Products that can be had: those of the live release",
        responses=answers(ProductPage, "By name."),
    )
    async def products(request: Request) -> Response:
        return json_response(request, await run_in_threadpool(_page, shelf))

    @router.get(
        "/v1/products/{name}",
        summary="One product: bounds, schedule, price, policies",
        responses=answers(
            ProductDetail,
            "The product as it was released.",
            problems=[{404: ("unknown_product",), 422: ("invalid_parameter",)}],
        ),
    )
    async def product(request: Request, name: _Name) -> Response:
        return json_response(request, await run_in_threadpool(_detail, process, shelf, name))

    @router.post(
        "/v1/products/{name}/quote",
        summary="What somebody would sign: every instalment, and everything it costs",
        description="Nothing is written. Amounts are in minor units; the yearly rate has all fees in.",
        openapi_extra=takes(QuoteRequest, {"amount_minor": 1_200_000, "term": 12}),
        responses=answers(
            QuoteShown,
            "The schedule and its costs.",
            problems=[
                BODY_PROBLEMS,
                {404: ("unknown_product",)},
                {422: ("invalid_date", "invalid_parameter", "outside_product", "wrong_shape")},
            ],
        ),
    )
    async def quoted(request: Request, name: _Name, body: Annotated[Any, Depends(body_of(QuoteRequest))]) -> Response:
        return json_response(request, await run_in_threadpool(_quoted, shelf, name, body))

    return router


def _quoted(shelf: Shelf, name: str, asked: QuoteRequest) -> QuoteShown:
    one = shelf.named(name)
    day = shelf.today() if asked.on is None else parse_date(asked.on)
    found = quote(one.product, amount_minor=asked.amount_minor, term=asked.term, on=day, rate_bps=asked.rate_bps)
    return quote_shown(one, found)


def quote_shown(one: OnShelf, found: Quote) -> QuoteShown:
    """``found``, of the product ``one``, as it travels."""
    return QuoteShown(
        product=found.product,
        digest=one.digest,
        currency=one.product.currency,
        amount_minor=found.amount_minor,
        term=found.term,
        rate_bps=found.rate_bps,
        on=days_to_date(found.on).isoformat(),
        interest_minor=found.costs.interest_minor,
        fees_minor=found.costs.fees_minor,
        total_minor=found.costs.total_minor,
        effective_bps=found.costs.effective_bps,
        nominal_bps=found.costs.nominal_bps,
        instalments=[
            InstalmentShown(
                number=each.number,
                due=days_to_date(each.due).isoformat(),
                principal_minor=each.principal_minor,
                interest_minor=each.interest_minor,
                fee_minor=each.fee_minor,
                amount_minor=each.amount_minor,
            )
            for each in found.instalments
        ],
    )


def _fields(one: OnShelf) -> dict[str, Any]:
    product = one.product
    return {
        "name": product.name,
        "digest": one.digest,
        "kind": product.kind,
        "title": ProductWords(en=product.title.en, zh=product.title.zh),
        "description": product.description,
        "currency": product.currency,
        "least_minor": product.amount.least_minor,
        "most_minor": product.amount.most_minor,
        "terms": list(product.terms),
        "cap": product.cap,
        "dearest_bps": one.dearest_bps,
    }


def _shown(one: OnShelf) -> ProductShown:
    return ProductShown(**_fields(one))


def _page(shelf: Shelf) -> ProductPage:
    return ProductPage(products=[_shown(one) for _, one in sorted(shelf.products.items())])


def _detail(process: DecisionProcess, shelf: Shelf, name: str) -> ProductDetail:
    one = shelf.named(name)
    definition = process.state.register.version(one.digest).artefact.body
    return ProductDetail(**_fields(one), policies=msgspec.to_builtins(one.product.policies), definition=definition)
