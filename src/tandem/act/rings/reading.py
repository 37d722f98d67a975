"""Documents to finders: what is declared, checked for itself and against the release it is to go live with."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Final, TypeVar

import msgspec

from tandem.act.rings.finders import FINDER_KIND, Finder, Hot, HotScore, Targets
from tandem.decide.decisions import LiveRelease, document_of
from tandem.kernel.errors import DefinitionError, InvalidInput, TandemError, near_match
from tandem.kernel.identity import EntityKind
from tandem.kernel.time import DAY, MINUTE, parse_duration
from tandem.observe.graph import GraphPlan

__all__ = ["check_finder", "finders_of", "parse_finder"]

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
_OUTCOMES: Final = ("approve", "review", "decline")

T = TypeVar("T")


class _HotDocument(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    score: HotScore | None = None
    outcomes: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


class _ListsDocument(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    members: str | None = None
    identifiers: dict[str, str] = {}


class _Document(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    name: str
    graph: str
    hot: _HotDocument = msgspec.field(default_factory=_HotDocument)
    smallest: int = 3
    every: str = "10m"
    shares: int = 2
    dense: float = 0.5
    cells_above: int = 60
    amount: str | None = None
    household: str | None = None
    automatic: str = "off"
    bad_members: int = 3
    purity: float = 0.8
    case_from: int | None = None
    lists: _ListsDocument = msgspec.field(default_factory=_ListsDocument)
    expires_after: str = "90d"
    description: dict[str, str] = {}


def parse_finder(document: Any) -> Finder:
    """The finder that ``document`` (YAML already loaded) declares.

    Raises:
        DefinitionError: names the field by path, the value, and what would be right.
    """
    if not isinstance(document, Mapping):
        raise DefinitionError("A mapping is expected here.", code="not_a_mapping", value=document)
    for key in document:
        if key not in _Document.__struct_fields__:
            raise DefinitionError(
                "Unknown key.",
                code="unknown_key",
                field=str(key),
                value=key,
                hint=near_match(str(key), _Document.__struct_fields__),
            )
    read = _convert(dict(document), _Document)
    for field, value in (("name", read.name), ("graph", read.graph)):
        if _NAME.match(value) is None:
            raise DefinitionError("A name is lower_snake.", code="invalid_name", field=field, value=value)
    for field, low, high in (
        ("smallest", 2, 1_000),
        ("shares", 1, 10),
        ("cells_above", 10, 100_000),
        ("bad_members", 2, 100),
    ):
        _within(field, getattr(read, field), low, high)
    for field, low_share in (("dense", 0.0), ("purity", 0.5)):
        _within(field, getattr(read, field), low_share, 1.0)
    if read.case_from is not None:
        _within("case_from", read.case_from, 2, 100_000)
    if read.automatic not in {"off", "propose", "act"}:
        raise DefinitionError(
            "The automatic rule is off, proposes or acts.",
            code="value_not_allowed",
            field="automatic",
            value=read.automatic,
            hint="off, propose, act",
        )
    return Finder(
        name=read.name,
        graph=read.graph,
        hot=_hot(read.hot),
        smallest=read.smallest,
        every=_duration("every", read.every, MINUTE, DAY),
        shares=read.shares,
        dense=read.dense,
        cells_above=read.cells_above,
        amount=read.amount,
        household=None if read.household is None else EntityKind(read.household),
        automatic=read.automatic,  # type: ignore[arg-type]  # one of the three, looked at above
        bad_members=read.bad_members,
        purity=read.purity,
        case_from=read.case_from,
        lists=Targets(
            members=read.lists.members,
            identifiers={EntityKind(kind): name for kind, name in read.lists.identifiers.items()},
        ),
        expires_after=_duration("expires_after", read.expires_after, DAY, 3_650 * DAY),
        description=read.description,
    )


def check_finder(finder: Finder, live: LiveRelease) -> GraphPlan:
    """The plan of the graph that ``finder`` looks in.

    Raises:
        DefinitionError: the release has no such graph, list, model or field, or a list is about another kind of entity.
    """
    plans = {plan.graph.name: plan for plan in live.known.graphs}
    plan = plans.get(finder.graph)
    if plan is None:
        raise DefinitionError(
            "The release has no such graph.",
            code="unknown_graph",
            field="graph",
            value=finder.graph,
            hint=near_match(finder.graph, plans),
        )
    _check_lists(finder, plan, live)
    score = finder.hot.score
    if score is not None and score.model not in live.models:
        raise _unknown("model", "hot.score.model", score.model, live.models)
    if finder.amount is not None:
        for event in plan.reads:
            fields = [field.name for field in live.reader.event_types[event].fields]
            if finder.amount not in fields:
                raise _unknown(f"field of {event}", "amount", finder.amount, fields)
    return plan


def _check_lists(finder: Finder, plan: GraphPlan, live: LiveRelease) -> None:
    """Each list is there, and about the kind of entity that is put on it."""
    kinds = [link.identifier for link in plan.graph.links]
    for kind in (*finder.lists.identifiers, *(() if finder.household is None else (finder.household,))):
        if kind not in kinds:
            raise _unknown("identifier in the graph", "lists.identifiers", kind, kinds)
    wanted = [*((f"lists.identifiers.{kind}", name, kind) for kind, name in finder.lists.identifiers.items())]
    if finder.lists.members is not None:
        wanted.append(("lists.members", finder.lists.members, plan.graph.member))
    for field, name, kind in wanted:
        if name not in live.lists:
            raise _unknown("list", field, name, live.lists)
        if live.lists[name].entity != kind:
            raise DefinitionError(
                f"The list holds {live.lists[name].entity} entities.",
                code="other_entity",
                field=field,
                value=name,
                hint=f"a list of {kind} entities is needed",
            )
        if live.lists[name].kind == "allow":
            raise DefinitionError(
                "A ring is not put on a list that lets in.", code="allow_list", field=field, value=name
            )


def finders_of(live: LiveRelease) -> list[tuple[Finder, GraphPlan]]:
    """The finders that ``live`` carries, by name, each with the graph it looks in.

    Raises:
        DefinitionError: one does not hold together; ``at`` says which.
    """
    found = []
    for artefact in sorted(live.carried, key=lambda one: one.name):
        if artefact.kind != FINDER_KIND:
            continue
        try:
            finder = parse_finder({"name": artefact.name, **document_of(artefact)})
            found.append((finder, check_finder(finder, live)))
        except TandemError as error:
            error.at = str(artefact.key)
            raise
    return found


def _hot(read: _HotDocument) -> Hot:
    for place, outcome in enumerate(read.outcomes):
        if outcome not in _OUTCOMES:
            raise DefinitionError(
                "No decision ends so.",
                code="value_not_allowed",
                field=f"hot.outcomes[{place}]",
                value=outcome,
                hint=near_match(outcome, _OUTCOMES) or ", ".join(_OUTCOMES),
            )
    if read.reasons and not read.outcomes:
        raise DefinitionError(
            "Reasons narrow outcomes down; there are none.",
            code="missing_key",
            field="hot.outcomes",
            hint="outcomes: [review, decline]",
        )
    if read.score is not None:
        _within("hot.score.at_least", read.score.at_least, 0.0, 1.0)
    return Hot(score=read.score, outcomes=read.outcomes, reasons=read.reasons)


def _convert(value: Any, kind: type[T]) -> T:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `$")
        field = place.rstrip("`").removeprefix(".") or None
        raise DefinitionError(f"{words}.", code="invalid_definition", field=field) from None


def _duration(field: str, text: str, low: int, high: int) -> int:
    try:
        found = parse_duration(text)
    except InvalidInput as error:
        raise DefinitionError(error.detail, code=error.code, field=field, value=text, hint=error.hint) from None
    _within(field, found, low, high)
    return found


def _within(field: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise DefinitionError(f"It lies between {low:g} and {high:g}.", code="out_of_range", field=field, value=value)


def _unknown(what: str, field: str, value: str, known: Collection[str]) -> DefinitionError:
    return DefinitionError(
        f"There is no such {what}.",
        code="unknown_name",
        field=field,
        value=value,
        hint=near_match(value, known) or "known: " + ", ".join(sorted(known)),
    )
