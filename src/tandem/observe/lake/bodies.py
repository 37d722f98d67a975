"""Which columns the lake takes out of journal records that are not events.

The lake knows these bodies as JSON with paths, not as classes: rooms above it own them, and a body that gains a key stays
readable. Whatever has no column of its own is in ``body``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any, Final

import msgspec

from tandem.kernel.values import SqlType
from tandem.observe.lake.types import ColumnKind, LakeColumn, LakeTable
from tandem.prove.privacy import DataClass

__all__ = ["BODIES", "BodyReader", "BodyTable", "other_body"]

_TEXT, _INSTANT = SqlType.TEXT, SqlType.TIMESTAMP
_TEXTS: Final = "texts"


class BodyTable(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of record as a table.

    Attributes:
        paths: column to its path in the readable body.
        with_body: keep the whole readable body as JSON text in ``body``.
        personal: also keep the opened secret, as JSON text in ``<name>_personal``.
    """

    name: str
    description: str
    paths: Mapping[str, tuple[str, ColumnKind]]
    with_body: bool = True
    personal: bool = False

    def table(self) -> LakeTable:
        """The default table."""
        columns = [*_PLACE, *(LakeColumn(name=name, type=kind) for name, (_, kind) in self.paths.items())]
        if self.with_body:
            columns.append(LakeColumn(name="body", type=_TEXT, description="The whole readable body, JSON."))
        return LakeTable(name=self.name, columns=tuple(columns), description=self.description)

    def personal_table(self) -> LakeTable | None:
        """The table of opened secrets, if there is one."""
        if not self.personal:
            return None
        secret = LakeColumn(name="body", type=_TEXT, data_class=DataClass.C2, description="What was sealed, JSON.")
        return LakeTable(
            name=f"{self.name}_personal",
            columns=(*_PLACE, secret),
            personal=True,
            description=f"The personal part of {self.name}; a person's rows go when they are erased.",
        )


_PLACE = (
    LakeColumn(name="seq", type=SqlType.INTEGER, required=True, description="Place in the journal."),
    LakeColumn(name="record_key", type=_TEXT, description="The record's own id."),
    LakeColumn(name="recorded_at", type=_INSTANT, required=True, description="Processing time."),
    LakeColumn(name="subject", type=_TEXT, description="Pseudonym of the person or enterprise it belongs to."),
)

BODIES: Final[Mapping[str, BodyTable]] = {
    "decision": BodyTable(
        name="decisions",
        description="Every decision: outcome, reasons, path and the release that took it.",
        personal=True,
        paths={
            "decision_id": ("trail.decision_id", _TEXT),
            "event_id": ("trail.event_id", _TEXT),
            "event_type": ("trail.event_type", _TEXT),
            "event_seq": ("trail.event_seq", SqlType.INTEGER),
            "occurred_at": ("trail.occurred_at", _INSTANT),
            "outcome": ("trail.outcome", _TEXT),
            "policy": ("trail.policy", _TEXT),
            "policy_digest": ("trail.policy_digest", _TEXT),
            "plan_digest": ("trail.plan_digest", _TEXT),
            "release": ("trail.release", _TEXT),
            "reasons": ("trail.reasons", _TEXTS),
            "path": ("trail.path", _TEXTS),
            "fired": ("trail.fired", _TEXTS),
            "missing": ("trail.missing", _TEXTS),
            "scores": ("trail.scores", _TEXT),
            "arms": ("trail.arms", _TEXT),
            "entities": ("trail.entities", _TEXT),
            "timings_us": ("trail.timings_us", _TEXT),
        },
    ),
    "list": BodyTable(
        name="list_changes",
        description="Every change to a block, watch or allow list.",
        paths={
            "change_id": ("change_id", _TEXT),
            "list": ("list", _TEXT),
            "changed_at": ("at", _INSTANT),
            "changed_by": ("by", _TEXT),
        },
    ),
    "artefact": BodyTable(
        name="artefact_changes",
        description="What was pushed, reviewed, released and rolled back.",
        with_body=False,  # a pushed model is megabytes, and stands in the journal
        paths={
            "change": ("change", _TEXT),
            "release": ("release", _TEXT),
            "released_by": ("by", _TEXT),
            "author": ("author", _TEXT),
            "approver": ("approver", _TEXT),
            "note": ("note", _TEXT),
        },
    ),
    "audit": BodyTable(
        name="audit",
        description="Who changed what: sign-ins, people, keys, lists, definitions, releases.",
        paths={
            "changed_at": ("at", _INSTANT),
            "action": ("action", _TEXT),
            "changed_by": ("by", _TEXT),
            "principal_kind": ("kind", _TEXT),
            "speaking_as": ("speaking_as", _TEXT),
            "object": ("object", _TEXT),
            "state_before": ("before", _TEXT),
            "state_after": ("after", _TEXT),
        },
    ),
    "case": BodyTable(
        name="case_changes",
        description="What happened to cases: opened, taken, resolved, labelled; notes and amounts stay sealed.",
        paths={
            "change": ("change", _TEXT),
            "case_id": ("case", _TEXT),
            "changed_by": ("by", _TEXT),
            "queue": ("queue", _TEXT),
            "due_at": ("due_at", _INSTANT),
            "assignee": ("to", _TEXT),
            "disposition": ("disposition", _TEXT),
            "decision_id": ("evidence.decision_id", _TEXT),
        },
    ),
    "account": BodyTable(
        name="account_changes",
        description="What happened to accounts: opened, drawn, paid, waived, aged; what people did, proposed and agreed to.",
        paths={
            "change": ("change", _TEXT),
            "account_id": ("account", _TEXT),
            "changed_by": ("by", _TEXT),
            "product": ("product", _TEXT),
            "plan": ("plan", _TEXT),
            "fact": ("fact.fact", _TEXT),
            "amount_minor": ("fact.amount_minor", SqlType.INTEGER),
            "limit_minor": ("limit_minor", SqlType.INTEGER),
            "decision_id": ("decision", _TEXT),
            "reason": ("reason", _TEXT),
            "proposal_id": ("proposal", _TEXT),
            "act": ("act.act", _TEXT),
            "agreed_change": ("made.change", _TEXT),
            "agreed_fact": ("made.fact.fact", _TEXT),
        },
    ),
    "customer": BodyTable(
        name="customer_changes",
        description="What customers did in their own channel: invited, applied, read the costs, signed, agreed, asked.",
        paths={
            "change": ("change", _TEXT),
            "owner": ("owner", _TEXT),
            "changed_by": ("by", _TEXT),
            "invitation": ("invitation", _TEXT),
            "merchant": ("merchant", _TEXT),
            "product": ("product", _TEXT),
            "decision_id": ("decision", _TEXT),
            "account_id": ("account", _TEXT),
            "disclosure": ("disclosure", _TEXT),
            "consent": ("consent", _TEXT),
            "about": ("about", _TEXT),
            "case_id": ("case", _TEXT),
        },
    ),
    "limit_review": BodyTable(
        name="limit_reviews",
        description="Reviews of limits: drawn up, agreed to, told, answered, carried out.",
        paths={
            "change": ("change", _TEXT),
            "review": ("review", _TEXT),
            "changed_by": ("by", _TEXT),
            "strategy": ("strategy", _TEXT),
            "product": ("product", _TEXT),
            "account_id": ("account", _TEXT),
            "moving": ("moving", SqlType.INTEGER),
            "held_out": ("totals.held_out", SqlType.INTEGER),
            "limit_minor": ("totals.limit_minor", SqlType.INTEGER),
            "loss_minor": ("totals.loss_minor", SqlType.INTEGER),
            "why": ("why", _TEXT),
        },
    ),
    "offer": BodyTable(
        name="offer_changes",
        description="Programmes of reminders and offers: who was drawn to be offered what, or nothing, and what came of it.",
        paths={
            "change": ("change", _TEXT),
            "offer_id": ("offer", _TEXT),
            "changed_by": ("by", _TEXT),
            "owner": ("owner", _TEXT),
            "programme": ("programme", _TEXT),
            "offer_kind": ("kind", _TEXT),
            "account_id": ("account", _TEXT),
            "product": ("product", _TEXT),
            "arm": ("arm", _TEXT),
            "channel": ("channel", _TEXT),
            "chosen_by": ("chosen_by", _TEXT),
            "propensity": ("propensity", SqlType.DOUBLE),
            "gain": ("gain", SqlType.DOUBLE),
            "stake_minor": ("stake_minor", SqlType.INTEGER),
            "contact_id": ("contact", _TEXT),
            "answer": ("answer", _TEXT),
            "outcome": ("outcome", _TEXT),
            "share": ("share", SqlType.DOUBLE),
            "paid_minor": ("paid_minor", SqlType.INTEGER),
            "why": ("why", _TEXT),
        },
    ),
    "warning": BodyTable(
        name="warning_changes",
        description="What happened to early warnings: raised, taken, acted on, settled; what people wrote stays sealed.",
        paths={
            "change": ("change", _TEXT),
            "warning_id": ("warning", _TEXT),
            "changed_by": ("by", _TEXT),
            "rule": ("rule", _TEXT),
            "entity_kind": ("entity_kind", _TEXT),
            "entity": ("entity", _TEXT),
            "severity": ("severity", _TEXT),
            "owner": ("owner", _TEXT),
            "due_at": ("due_at", _INSTANT),
            "ends_at": ("ends_at", _INSTANT),
            "outcome": ("outcome", _TEXT),
            "lead_days": ("lead_days", SqlType.INTEGER),
            "decision_id": ("said.decision_id", _TEXT),
            "warned_at": ("said.occurred_at", _INSTANT),
            "rolled_at": ("occurred_at", _INSTANT),
        },
    ),
    "contact": BodyTable(
        name="collection_changes",
        description="What happened in collections: contacts wanted, blocked and ended, promises, offers; with why each was chosen.",
        paths={
            "change": ("change", _TEXT),
            "changed_by": ("by", _TEXT),
            "contact_id": ("contact", _TEXT),
            "account_id": ("account", _TEXT),
            "about_account": ("about.account", _TEXT),
            "channel": ("about.channel", _TEXT),
            "step": ("about.step", _TEXT),
            "purpose": ("about.purpose", _TEXT),
            "template": ("about.template", _TEXT),
            "rule": ("rule", _TEXT),
            "state": ("state", _TEXT),
            "chosen_by": ("about.choice.chosen_by", _TEXT),
            "segment": ("about.choice.segment", _TEXT),
            "propensity": ("about.choice.propensity", SqlType.DOUBLE),
            "expected_minor": ("about.choice.expected_minor", SqlType.INTEGER),
            "days_past_due": ("about.situation.days_past_due", SqlType.INTEGER),
            "promise": ("promise", _TEXT),
            "outcome": ("outcome", _TEXT),
            "amount_minor": ("amount_minor", SqlType.INTEGER),
            "paid_minor": ("paid_minor", SqlType.INTEGER),
            "why": ("why", _TEXT),
        },
    ),
    "bank": BodyTable(
        name="bank_changes",
        description="What passed between us and banks: orders, movements and what they were matched to, files; parties stay sealed.",
        paths={
            "change": ("change", _TEXT),
            "item": ("item", _TEXT),
            "file": ("file", _TEXT),
            "changed_by": ("by", _TEXT),
            "outcome": ("outcome", _TEXT),
            "why": ("why", _TEXT),
            "account_id": ("account", _TEXT),
            "plan": ("plan", _TEXT),
            "amount_minor": ("amount_minor", SqlType.INTEGER),
            "currency": ("currency", _TEXT),
            "end_to_end": ("end_to_end", _TEXT),
            "status": ("status", _TEXT),
        },
    ),
    "provision": BodyTable(
        name="provision_changes",
        description="Runs of provisions: stages and allowances of accounts that moved, by number, and the table of each run.",
        paths={
            "change": ("change", _TEXT),
            "day": ("day", SqlType.INTEGER),
            "changed_by": ("by", _TEXT),
            "currency": ("currency", _TEXT),
            "rules": ("rules", _TEXT),
        },
    ),
    "erasure": BodyTable(
        name="erasures",
        description="Persons whose personal data were erased, by pseudonym.",
        paths={"generation": ("generation", SqlType.INTEGER)},
    ),
}


def other_body(kind: str) -> BodyTable:
    """The table of a kind nobody described: place and body."""
    return BodyTable(name=f"{kind}_records", description=f"Journal records of kind {kind}.", paths={})


class BodyReader:
    """Takes the columns of one kind of record out of its readable body, and makes nothing of the rest."""

    def __init__(self, table: BodyTable) -> None:
        self._paths = [path.split(".") for path, _ in table.paths.values()]
        self._decode = msgspec.json.Decoder(_shape(self._paths)).decode
        self._values = [attrgetter(".".join(map(_attribute, path))) for path in self._paths]

    def cells(self, body: bytes) -> list[Any]:
        """The value of each column; None where there is nothing. Structure is told as JSON, lists of text stay lists."""
        if not self._paths:
            return []
        try:
            read = self._decode(body)
            return [_cell(value_of(read)) for value_of in self._values]
        except (msgspec.ValidationError, AttributeError):  # on the way to a value stands something without names
            whole = msgspec.json.decode(body)
            return [_cell(_value_at(whole, path)) for path in self._paths]


def _shape(paths: Sequence[Sequence[str]]) -> type[msgspec.Struct]:
    """A class that takes no more of a body than what stands at ``paths``."""
    below: dict[str, list[Sequence[str]]] = {}
    for first, *further in paths:
        below.setdefault(first, []).append(further)
    fields: list[tuple[str, Any, Any]] = []
    for name, inner in below.items():
        if inner[0]:
            nested = _shape(inner)
            fields.append((_attribute(name), nested, msgspec.field(name=name, default_factory=nested)))
        else:
            fields.append((_attribute(name), Any, msgspec.field(name=name, default=None)))
    return msgspec.defstruct("Body", fields)


def _attribute(name: str) -> str:
    return f"at_{name}"  # a key may be a word of Python


def _value_at(body: Any, path: Sequence[str]) -> Any:
    for name in path:
        body = body.get(name) if isinstance(body, dict) else None
    return body


def _cell(value: Any) -> Any:
    structured = isinstance(value, dict) or (isinstance(value, list) and any(isinstance(one, dict) for one in value))
    return msgspec.json.encode(value).decode() if structured else value
