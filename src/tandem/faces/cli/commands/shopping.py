"""The sandbox shop: what a merchant's till looks like, beside a served workspace."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from tandem.faces.cli.access import header_of, opened_api, segment, settings
from tandem.faces.cli.options import AsJson, Folder, ServerUrl
from tandem.faces.cli.showing import print_json, say
from tandem.kernel.errors import NotFound, Refused, Unavailable
from tandem.kernel.identity import SystemEntropy
from tandem.kernel.time import SystemClock
from tandem.prove.access import read_operator

if TYPE_CHECKING:
    from tandem.faces.cli.access import Api

__all__ = ["register"]

_PORT: Final = 8331


def register(app: typer.Typer) -> None:
    """Hang the command on ``app``."""
    app.command(rich_help_panel="Start")(shop)


def shop(
    folder: Folder = Path(),
    port: Annotated[int, typer.Option("--port", "-p", min=1, max=65_535, help="Where the shop answers.")] = _PORT,
    product: Annotated[
        str | None, typer.Option(help="What customers buy with.", show_default="the first instalment plan")
    ] = None,
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Run a sandbox shop beside the served workspace: a till where customers pay in instalments.

    It makes a merchant's key for itself, which may do nothing but invite, and revokes it when it ends. Nothing is sold, and in a
    sandbox or example workspace no money moves; beside a live workspace it does not start.

    Examples:
        tandem shop

        tandem shop --workspace my-sandbox --product till_instalments --port 8500
    """
    kind = header_of(folder).kind
    if kind == "live":
        raise Refused(
            "A shop that sells nothing has no place beside a live workspace.",
            code="live_workspace",
            field="kind",
            value=kind,
            hint="tandem init partners --sandbox makes a sandbox",
        )
    running = read_operator(settings().home)
    if server is None and running is None:
        raise Unavailable(
            "The shop needs a lender that is served.", code="server_unreachable", hint="tandem serve, in another window"
        )
    address = f"http://127.0.0.1:{port}"
    # Whichever signal ends it, the key is revoked on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with opened_api(folder, server, with_people=True) as api:
        chosen, currency = _product(api, product)
        name = f"sandbox-shop-{SystemEntropy().bytes(4).hex()}"
        body = {
            "name": name,
            "scopes": ["invite"],
            "expires_after": "30d",
            "merchant": {
                "id": "sandbox_shop",
                "title_en": "Sandbox shop",
                "title_zh": "沙箱商店",
                "origins": [address],
            },
        }
        key = api.post("/v1/keys", body)["secret"]
        try:
            if as_json:
                print_json({"address": address, "product": chosen})
            else:
                say(f"The sandbox shop at {address}   (buys with {chosen}; Ctrl-C stops)")
            _serve(api.address, key, chosen, currency, port)
        finally:
            api.delete(f"/v1/keys/{segment(name)}")


def _serve(lender: str, key: str, product: str, currency: str, port: int) -> None:
    import uvicorn

    from tandem.faces.shop import Lender, create_shop

    application = create_shop(Lender(lender, key, product), currency, clock=SystemClock(), entropy=SystemEntropy())
    uvicorn.run(application, host="127.0.0.1", port=port, log_level="warning", access_log=False, server_header=False)


def _product(api: Api, wanted: str | None) -> tuple[str, str]:
    """Name and currency of what customers buy with."""
    products: list[dict[str, Any]] = api.get("/v1/products")["products"]
    for one in products:
        if one["name"] == wanted or (wanted is None and one["kind"] == "instalment_plan"):
            return one["name"], one["currency"]
    raise NotFound(
        "There is no such product to buy with.",
        code="unknown_product",
        field="product",
        value=wanted,
        hint="one of " + ", ".join(one["name"] for one in products),
    )
