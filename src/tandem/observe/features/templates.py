"""The library: ready feature sets, to be used by name with the workspace's own event types and fields.

A workspace writes ``use: library/payment_card`` and says with ``with:`` what its event types and fields are called;
``only`` or ``without`` choose among the features by their name as written. Or it copies the file and owns it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from tandem.kernel.errors import DefinitionError, near_match

__all__ = ["expand_use", "library_document", "library_names", "library_template", "template_parameters"]

_KEYS = frozenset({"use", "with", "only", "without", "name", "lateness"})
_PLACE = re.compile(r"\{([a-z_]+)\}")


@cache
def library_names() -> tuple[str, ...]:
    """Names of the sets in the library, sorted."""
    folder = files("tandem.observe.features") / "library"
    return tuple(sorted(one.name.removesuffix(".yaml") for one in folder.iterdir() if one.name.endswith(".yaml")))


@cache
def library_template(name: str) -> Mapping[str, Any]:
    """The set ``name`` as it is written, with its parameters in place.

    Raises:
        DefinitionError: no such set.
    """
    from ruamel.yaml import YAML

    if name not in library_names():
        raise DefinitionError(
            "The library has no such feature set.", field="use", value=name, hint=near_match(name, library_names())
        )
    text = (files("tandem.observe.features") / "library" / f"{name}.yaml").read_text("utf-8")
    document: Mapping[str, Any] = YAML(typ="safe", pure=True).load(text)
    return document


def template_parameters(name: str) -> dict[str, str]:
    """What a workspace may say with ``with:``, and the names taken where it says nothing."""
    return dict(library_template(name)["parameters"])


def library_document(name: str, names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The document of the library's set ``name`` over a workspace's own event types and fields.

    Raises:
        DefinitionError: no such set, or no such parameter.
    """
    template = library_template(name)
    parameters = template_parameters(name)
    for key in names or {}:
        if key not in parameters:
            raise DefinitionError(
                f"library/{name} has no such parameter.",
                field=f"with.{key}",
                value=key,
                hint=near_match(key, parameters),
            )
    filled = _fill(
        {key: value for key, value in template.items() if key != "parameters"}, {**parameters, **(names or {})}
    )
    assert isinstance(filled, dict)
    return filled


def expand_use(document: Any) -> Any:
    """``document`` itself, or the library's where it says ``use: library/NAME``.

    Raises:
        DefinitionError: unknown set, parameter, key or feature name.
    """
    if not isinstance(document, Mapping) or "use" not in document:
        return document
    for key in document:
        if key not in _KEYS:
            raise DefinitionError(
                "Not a key beside use.",
                field=key,
                value=key,
                hint="it takes with, only, without, name, lateness; copy the file to change more",
            )
    made = library_document(str(document["use"]).removeprefix("library/"), document.get("with"))
    made |= {key: document[key] for key in ("name", "lateness") if key in document}
    written = [feature["name"] for feature in made["features"]]
    for key in ("only", "without"):
        for name in document.get(key, ()):
            if name not in written:
                raise DefinitionError(
                    "The set has no feature written so.", field=key, value=name, hint=near_match(str(name), written)
                )
    only, without = document.get("only", written), document.get("without", ())
    made["features"] = [one for one in made["features"] if one["name"] in only and one["name"] not in without]
    return made


def _fill(value: Any, names: Mapping[str, str]) -> Any:
    """``value`` with every ``{parameter}`` replaced; ``{window}`` is left for later."""
    if isinstance(value, str):
        return _PLACE.sub(lambda match: names.get(match[1], match[0]), value)
    if isinstance(value, Mapping):
        return {key: _fill(one, names) for key, one in value.items()}
    if isinstance(value, list):
        return [_fill(one, names) for one in value]
    return value
