"""A product of one's own from a template, and what it leans on: a file of the workspace each, for a person to change."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from tandem.act.products.calendars import business_days
from tandem.act.products.reading import parse_product
from tandem.kernel.artefacts import parse_yaml
from tandem.kernel.errors import Conflict, InvalidInput, NotFound, TandemError, near_match

__all__ = ["TEMPLATES", "check_template", "draft_product", "start_product", "template_document"]

TEMPLATES: Final = ("till_instalments", "cash_loan", "merchant_line")
"""A purchase in parts, one loan, a merchant's limit."""
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,62}\Z")


def start_product(folder: Path, name: str, template: str, *, currency: str = "") -> list[Path]:
    """Write ``products/NAME.yaml`` in the workspace at ``folder``, and the rate cap it names where there is none.

    Args:
        currency: of the workspace; the template's own where it is empty.

    Returns:
        The files that were written.

    Raises:
        NotFound: no such template. InvalidInput: not a name. Conflict: there is such a product; nothing was written.
    """
    check_template(template)
    if not _NAME.match(name):
        raise InvalidInput(
            "A name is lower_snake.", code="invalid_name", field="name", value=name, hint="such as cash_now"
        )
    path = folder / "products" / f"{name}.yaml"
    if path.exists():
        raise Conflict(f"{path} is there.", code="product_exists", field="name", value=name, hint="choose another name")
    text = _template(template).replace(f"name: {template}\n", f"name: {name}\n", 1)
    if currency:
        text = re.sub(r"^currency: .*$", f"currency: {currency}", text, count=1, flags=re.MULTILINE)
    product = parse_product(parse_yaml(text, str(path)))
    wanted = {path: text}
    if product.cap is not None and not list((folder / "rate_caps").glob("*.yaml")):
        wanted[folder / "rate_caps" / f"{product.cap}.yaml"] = _template(product.cap)
    for each, content in wanted.items():
        each.parent.mkdir(parents=True, exist_ok=True)
        each.write_text(content, "utf-8")
    return list(wanted)


def draft_product(template: str, *, currency: str = "", cap: str | None = None) -> dict[str, Any]:
    """The document of a product to begin with, without a name.

    Args:
        currency: of the workspace; the template's own where it is empty. Business days follow the currency's country; where
            nobody knows them, no date is moved.
        cap: the rate cap that it keeps; None: the template's own.

    Raises:
        NotFound: no such template.
    """
    check_template(template)
    document = template_document(template)
    del document["name"]
    document["cap"] = cap or document["cap"]
    if currency and currency != document["currency"]:
        document["currency"] = currency
        country = "ECB" if currency == "EUR" else currency[:2]
        try:
            business_days(country)
        except TandemError:
            document["schedule"] = {k: v for k, v in document["schedule"].items() if k not in {"calendar", "roll"}}
        else:
            document["schedule"] = {**document["schedule"], "calendar": country}
    return document


def check_template(template: str) -> None:
    """Refuse what is no template.

    Raises:
        NotFound: names the near one.
    """
    if template not in TEMPLATES:
        raise NotFound(
            "No template has this name.",
            code="unknown_template",
            field="template",
            value=template,
            hint=near_match(template, TEMPLATES),
        )


def template_document(name: str) -> dict[str, Any]:
    """The document of a file that comes with the templates."""
    found: dict[str, Any] = parse_yaml(_template(name), name)
    return found


def _template(name: str) -> str:
    return files("tandem.act.products").joinpath("templates", f"{name}.yaml").read_text("utf-8")
