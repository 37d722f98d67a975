"""From an entry under ``derived:`` to a field of the event type, or an error that says where it does not hold together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from tandem.kernel.errors import DefinitionError, near_match
from tandem.kernel.values import SqlType
from tandem.observe.events.derived.functions import FUNCTIONS, Function, Parameter, ParameterValue
from tandem.observe.events.documents import as_mapping, at
from tandem.observe.events.types import Derivation, EventField
from tandem.prove.privacy import DataClass

__all__ = ["derivation_of"]

_KEYS: Final = frozenset({
    "name", "function", "of", "entity", "data_class", "description", "source", "owner", "purpose",
})  # fmt: skip
_CLASSES: Final = list(DataClass)
"""The most sensitive first."""


def derivation_of(document: Any, sent: Mapping[str, EventField], path: str) -> tuple[dict[str, Any], Derivation]:
    """What the entry says: the document of its field, and how the field's value is made.

    A derived text is as sensitive as the most sensitive text it is made of, and cannot be declared less; a likeness tells
    nobody's name and may be.

    Args:
        document: one entry under ``derived``.
        sent: the fields that arrive, by name; only these can be derived from.
        path: where the entry stands.

    Raises:
        DefinitionError: an unknown function, source or parameter, a source of another type, a value out of bounds.
    """
    if not isinstance(document, Mapping):
        raise DefinitionError("Expected a mapping.", field=path, value=document)
    name = document.get("function")
    function = FUNCTIONS.get(name) if isinstance(name, str) else None
    if function is None:
        raise DefinitionError(
            "There is no such function to derive a field by." if name else "A derived field needs a function.",
            code="unknown_function",
            field=at(path, "function"),
            value=name,
            hint=near_match(str(name), FUNCTIONS) or "known: " + ", ".join(FUNCTIONS),
        )
    told = as_mapping(document, path, _KEYS | function.parameters.keys())
    sources = _sources(told.pop("of", None), str(name), function, sent, at(path, "of"))
    parameters: dict[str, ParameterValue] = {}
    for key, parameter in function.parameters.items():
        value = _parameter(told.pop(key, None), parameter, at(path, key))
        if value is not None:
            parameters[key] = value
    del told["function"]
    told |= {
        "type": str(function.gives),
        "data_class": _data_class(told.get("data_class"), function, [sent[one] for one in sources], path),
        "changeable": "never",
        "source": told.get("source") or f"{name}({', '.join(sources)})",
    }
    if function.gives is SqlType.DOUBLE:
        told |= {"minimum": 0, "maximum": 1}
    return told, Derivation(function=str(name), of=sources, parameters=parameters)


def _sources(
    declared: Any, name: str, function: Function, sent: Mapping[str, EventField], path: str
) -> tuple[str, ...]:
    named = [declared] if isinstance(declared, str) else declared
    if (
        not isinstance(named, Sequence)
        or len(named) != function.takes
        or not all(isinstance(one, str) for one in named)
    ):
        many = function.takes > 1
        raise DefinitionError(
            f"{name} is derived from {'two fields' if many else 'one field'}.",
            code="wrong_sources",
            field=path,
            value=declared,
            hint="write of: [one_field, other_field]" if many else "write of: name_of_the_field",
        )
    for source in named:
        field = sent.get(source)
        if field is None:
            raise DefinitionError(
                "No field of that name arrives.",
                code="unknown_source",
                field=path,
                value=source,
                hint=near_match(source, sent) or "derive from a field under fields; a derived one cannot be a source",
            )
        if field.type is not SqlType.TEXT:
            raise DefinitionError(
                f"{source} is {field.type}, and {name} reads text.",
                code="source_not_text",
                field=path,
                value=source,
                hint="derive from a text field",
            )
    if len(set(named)) != len(named):
        raise DefinitionError(
            "A field is always like itself.", code="same_sources", field=path, value=named[0], hint="name two fields"
        )
    return tuple(named)


def _parameter(value: Any, parameter: Parameter, path: str) -> ParameterValue | None:
    if value is None:
        return parameter.default
    if parameter.words is not None:
        known = parameter.words()
        if value not in known:
            listed = ", ".join(known) if len(known) <= 20 else "a code of two letters, such as CN or US"
            raise DefinitionError(
                "That is none of the words it takes.",
                code="unknown_word",
                field=path,
                value=value,
                hint=near_match(str(value), known) or listed,
            )
        return str(value)
    if type(value) is not int or not parameter.low <= value <= parameter.high:
        raise DefinitionError(
            f"A whole number from {parameter.low} to {parameter.high} is needed.",
            code="parameter_out_of_range",
            field=path,
            value=value,
            hint=f"leave it out for {parameter.default}",
        )
    return value


def _data_class(declared: Any, function: Function, sources: Sequence[EventField], path: str) -> Any:
    """What was declared, where it is a class that the value may have; of the sources the most sensitive where nothing was."""
    least = min((one.data_class for one in sources), key=_CLASSES.index)
    if declared is None:
        return str(least)
    lowered = declared in _CLASSES and _CLASSES.index(DataClass(declared)) > _CLASSES.index(least)
    if lowered and function.gives is SqlType.TEXT:
        raise DefinitionError(
            f"What is derived from {least} text is {least}.",
            code="data_class_lowered",
            field=at(path, "data_class"),
            value=declared,
            hint=f"leave it out, or write {least}",
        )
    return declared
