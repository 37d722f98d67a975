"""The gate: who asks, what that route needs, and what is put on record of it. In front of every route, the hot ones too.

``DOORS`` is the whole table, one line a route; a route without a line lets nobody in, and a test finds it. Pages sign
in with a cookie that no script reads and no other site can have sent, and send a second secret along in a header with
whatever changes something; programs send a key. Where access is open, everybody is the process itself; a customer is
nobody but a customer even there, has a cookie of their own, and no door but those of their own channel.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, NamedTuple, TypeAlias

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from tandem.faces.api.bodies import Scope, header_of
from tandem.faces.api.limits import RateLimits
from tandem.kernel.errors import NotSignedIn, Refused, TandemError
from tandem.kernel.time import SECOND
from tandem.prove.access import LOCAL, SESSION_MAX, AccessControl, Act, Permission, Principal, csrf_of

__all__ = [
    "ANYONE",
    "CUSTOMER",
    "DOORS",
    "SIGNED_IN",
    "Admission",
    "Door",
    "Gate",
    "off_record",
    "on_record",
    "principal_of",
    "refuse_own_work",
]

ANYONE: Final = "anyone"
"""Nothing is told there that a stranger may not know."""
SIGNED_IN: Final = "signed_in"
"""Whoever is known, whatever they may do."""

CUSTOMER: Final = "customer"
"""Who is in their own channel, about themselves."""

Admission: TypeAlias = Permission | Literal["anyone", "signed_in", "customer"]


class Door(NamedTuple):
    """What a route needs, and under which name a success is put on record.

    No name for what changes nothing, what is a record itself (events, decisions), and what writes its own note (people,
    keys, sessions). ``act``: what a customer must have been invited to. ``key``: what a program needs, where that is another
    permission than a person's.
    """

    admission: Admission
    action: str = ""
    act: Act | None = None
    key: Permission | None = None


_READ: Final = Door(Permission.READ)
_PERSONAL: Final = Door(Permission.READ_PERSONAL)
_DECIDE: Final = Door(Permission.DECIDE)
_COLLECT: Final = Door(Permission.COLLECT)
_DRAFT: Final = Door(Permission.DRAFT)
_SERVICE: Final = Door(Permission.SERVICE_ACCOUNTS)
_MANAGE: Final = Door(Permission.MANAGE)
_ANYONE: Final = Door(ANYONE)
_SIGNED_IN: Final = Door(SIGNED_IN)
_INVITE: Final = Door(Permission.INVITE)
_MY: Final = {act: Door(CUSTOMER, act=act) for act in Act}

DOORS: Final[Mapping[tuple[str, str], Door]] = {
    # the server itself
    ("GET", "/health/live"): _ANYONE,
    ("GET", "/health/ready"): _ANYONE,
    ("GET", "/openapi.json"): _ANYONE,
    ("GET", "/metrics"): _READ,
    ("GET", "/v1/status"): _READ,
    # who asks
    ("GET", "/v1/welcome"): _ANYONE,
    ("POST", "/v1/welcome"): _ANYONE,
    ("POST", "/v1/welcome/link"): _ANYONE,
    ("POST", "/v1/session"): _ANYONE,
    ("GET", "/v1/session"): _SIGNED_IN,
    ("DELETE", "/v1/session"): _SIGNED_IN,
    ("POST", "/v1/session/password"): _SIGNED_IN,
    ("GET", "/v1/people"): _READ,
    ("POST", "/v1/people"): _MANAGE,
    ("PATCH", "/v1/people/{name}"): _MANAGE,
    ("POST", "/v1/people/{name}/link"): _MANAGE,
    ("GET", "/v1/keys"): _MANAGE,
    ("POST", "/v1/keys"): _MANAGE,
    ("DELETE", "/v1/keys/{name}"): _MANAGE,
    ("GET", "/v1/audit"): _MANAGE,
    # events and decisions
    ("POST", "/v1/decisions"): _DECIDE,
    ("POST", "/v1/decisions/batch"): _DECIDE,
    ("POST", "/v1/events"): _DECIDE,
    ("POST", "/v1/events/batch"): _DECIDE,
    ("GET", "/v1/stream"): _READ,
    ("GET", "/v1/decisions"): _READ,
    ("GET", "/v1/decisions/{decision_id}"): _READ,
    ("GET", "/v1/decisions/{decision_id}/explanation"): _PERSONAL,
    ("GET", "/v1/decisions/{decision_id}/counterfactual"): _PERSONAL,
    ("GET", "/v1/decisions/{decision_id}/letter"): _PERSONAL,
    ("POST", "/v1/decisions/{decision_id}/replay"): _PERSONAL,
    ("GET", "/v1/entities"): _READ,
    ("GET", "/v1/entities/{kind}/{identifier}/features"): _PERSONAL,
    ("GET", "/v1/entities/{kind}/{identifier}/portrait"): _READ,
    ("GET", "/v1/entities/{kind}/{identifier}/timeline"): _READ,
    # who shares what with whom
    ("GET", "/v1/graphs"): _READ,
    ("GET", "/v1/graphs/{name}/around"): _READ,
    ("GET", "/v1/graphs/{name}/path"): _READ,
    # numbers
    ("GET", "/v1/metrics"): _READ,
    ("GET", "/v1/metrics/{name}"): _READ,
    ("GET", "/v1/metrics/{name}/series"): _READ,
    ("GET", "/v1/overview"): _READ,
    ("GET", "/v1/overview/changes"): _READ,
    ("GET", "/v1/effect-report"): _READ,
    # lists
    ("GET", "/v1/lists"): _READ,
    ("GET", "/v1/lists/{name}/entries"): _READ,
    ("GET", "/v1/lists/{name}/entries/{member}"): _READ,
    ("GET", "/v1/lists/{name}/changes"): _READ,
    ("POST", "/v1/lists/{name}/lookup"): _PERSONAL,
    ("POST", "/v1/lists/{name}/preview"): Door(Permission.EDIT_LISTS),
    ("POST", "/v1/lists/{name}/bulk"): Door(Permission.EDIT_LISTS, "list_changed"),
    ("POST", "/v1/lists/{name}/entries"): Door(Permission.EDIT_LISTS, "list_changed"),
    ("DELETE", "/v1/lists/{name}/entries/{member}"): Door(Permission.EDIT_LISTS, "list_changed"),
    ("GET", "/v1/propagation"): _READ,
    ("POST", "/v1/propagation/confirmations"): _READ,
    # the policy studio: it looks at drafts and keeps nothing
    ("GET", "/v1/studio/columns"): _READ,
    ("GET", "/v1/studio/policies"): _READ,
    ("GET", "/v1/studio/policies/{name}"): _READ,
    ("POST", "/v1/effect"): _READ,
    ("DELETE", "/v1/effect"): _READ,
    ("GET", "/v1/effect/progress"): _READ,
    # simulated attacks: they look at drafts and record nothing
    ("GET", "/v1/attacks/kinds"): _READ,
    ("GET", "/v1/attacks"): _READ,
    ("POST", "/v1/attacks"): _READ,
    ("GET", "/v1/attacks/{attack_id}"): _READ,
    ("GET", "/v1/attacks/{attack_id}/comparison"): _READ,
    ("DELETE", "/v1/attacks/{attack_id}"): _READ,
    # backtests: they look at drafts and at history, and record nothing
    ("GET", "/v1/backtests"): _READ,
    ("POST", "/v1/backtests"): _READ,
    ("GET", "/v1/backtests/{backtest_id}"): _READ,
    ("DELETE", "/v1/backtests/{backtest_id}"): _READ,
    ("POST", "/v1/studio/expression/check"): _READ,
    ("POST", "/v1/studio/policy/check"): _READ,
    ("POST", "/v1/studio/policy/diff"): _READ,
    ("POST", "/v1/studio/policy/text"): _READ,
    # cases: each change of one is a record of its own
    ("GET", "/v1/cases"): _READ,
    ("GET", "/v1/cases/queues"): _READ,
    ("GET", "/v1/cases/next"): Door(Permission.WORK_CASES),
    ("POST", "/v1/cases/next"): Door(Permission.WORK_CASES),
    ("GET", "/v1/cases/{case_id}"): _PERSONAL,
    ("POST", "/v1/cases/{case_id}/assign"): Door(Permission.WORK_CASES),
    ("POST", "/v1/cases/{case_id}/snooze"): Door(Permission.WORK_CASES),
    ("POST", "/v1/cases/{case_id}/escalate"): Door(Permission.WORK_CASES),
    ("POST", "/v1/cases/{case_id}/notes"): Door(Permission.WORK_CASES),
    ("POST", "/v1/cases/{case_id}/resolve"): Door(Permission.WORK_CASES),
    ("POST", "/v1/cases/{case_id}/second"): Door(Permission.WORK_CASES),
    ("POST", "/v1/cases/{case_id}/reopen"): Door(Permission.WORK_CASES),
    ("POST", "/v1/cases/{case_id}/undo"): Door(Permission.WORK_CASES),
    # rings: each change of one is a note in the journal, and what is put on lists is on record besides
    ("GET", "/v1/rings"): _READ,
    ("GET", "/v1/rings/{ring_id}"): _READ,
    ("POST", "/v1/rings/refresh"): Door(Permission.WORK_CASES),
    ("POST", "/v1/rings/{ring_id}/radius"): Door(Permission.EDIT_LISTS),
    ("POST", "/v1/rings/{ring_id}/list"): Door(Permission.EDIT_LISTS, "ring_listed"),
    ("POST", "/v1/rings/{ring_id}/undo"): Door(Permission.EDIT_LISTS, "ring_taken_back"),
    ("POST", "/v1/rings/{ring_id}/dismiss"): Door(Permission.WORK_CASES, "ring_dismissed"),
    ("POST", "/v1/rings/{ring_id}/case"): Door(Permission.WORK_CASES),
    # early warnings: each change of one is a record of its own
    ("GET", "/v1/warnings"): _READ,
    ("GET", "/v1/warnings/report"): _READ,
    ("GET", "/v1/warnings/{warning_id}"): _PERSONAL,
    ("POST", "/v1/warnings/{warning_id}/take"): Door(Permission.WORK_CASES),
    ("POST", "/v1/warnings/{warning_id}/act"): Door(Permission.WORK_CASES),
    ("POST", "/v1/warnings/{warning_id}/dismiss"): Door(Permission.WORK_CASES),
    # definitions, reviews, releases
    ("GET", "/v1/artefacts"): _READ,
    ("GET", "/v1/artefacts/{digest}"): _READ,
    ("POST", "/v1/artefacts/check"): _READ,
    ("POST", "/v1/artefacts"): Door(Permission.DRAFT, "pushed"),
    ("GET", "/v1/reviews"): _READ,
    ("POST", "/v1/reviews"): Door(Permission.APPROVE, "reviewed"),
    ("POST", "/v1/reviews/declined"): Door(Permission.APPROVE, "declined"),
    ("GET", "/v1/releases"): _READ,
    ("GET", "/v1/releases/live"): _READ,
    ("GET", "/v1/releases/{release}"): _READ,
    ("POST", "/v1/releases/preview"): _READ,
    ("POST", "/v1/releases"): Door(Permission.RELEASE, "released"),
    ("POST", "/v1/releases/rollback"): Door(Permission.RELEASE, "rolled_back"),
    ("GET", "/v1/event-types"): _READ,
    ("GET", "/v1/event-types/{name}"): _READ,
    # third parties that policies ask; a try shows what would be sent, and sends nothing
    ("GET", "/v1/connectors"): _READ,
    ("GET", "/v1/connectors/{name}"): _READ,
    ("POST", "/v1/connectors/{name}/try"): _READ,
    # experiments: a stop needs nobody else, whatever begins one is pushed, reviewed and released
    ("GET", "/v1/experiments"): _READ,
    ("POST", "/v1/experiments/plan"): _READ,
    ("GET", "/v1/experiments/{name}"): _READ,
    ("POST", "/v1/experiments/{name}/stop"): Door(Permission.RELEASE, "experiment_stopped"),
    ("POST", "/v1/experiments/{name}/promotion"): Door(Permission.DRAFT, "pushed"),
    # features
    ("GET", "/v1/features"): _READ,
    ("GET", "/v1/features/{name}"): _READ,
    ("GET", "/v1/ready-features"): _READ,
    # models
    ("GET", "/v1/models"): _READ,
    ("GET", "/v1/models/{name}"): _READ,
    ("GET", "/v1/models/{name}/performance"): _READ,
    ("POST", "/v1/models/{name}/neighbours"): _READ,
    ("GET", "/v1/models/{name}/comparison"): _READ,
    # what is live, how it does, what is known of outcomes
    ("GET", "/v1/inventory"): _READ,
    ("GET", "/v1/monitoring/{model}"): _READ,
    # what is lent: an offer is signed, drawn and paid by the firm's own systems; each is a record itself
    ("GET", "/v1/decisions/{decision_id}/offer"): _READ,
    ("POST", "/v1/decisions/{decision_id}/acceptance"): _DECIDE,
    ("GET", "/v1/accounts"): _READ,
    ("GET", "/v1/accounts/{account_id}"): _READ,
    ("POST", "/v1/accounts/{account_id}/draws"): _DECIDE,
    ("POST", "/v1/accounts/{account_id}/payments"): _DECIDE,
    ("POST", "/v1/accounts/{account_id}/refunds"): _DECIDE,
    ("POST", "/v1/accounts/{account_id}/reversals"): _DECIDE,
    # people's work on accounts: each act, proposal and agreement is a record itself
    ("GET", "/v1/accounts/{account_id}/acts"): _READ,
    ("POST", "/v1/accounts/{account_id}/acts/preview"): _SERVICE,
    ("POST", "/v1/accounts/{account_id}/acts"): _SERVICE,
    ("GET", "/v1/proposals"): _READ,
    ("GET", "/v1/proposals/{proposal_id}"): _READ,
    ("POST", "/v1/proposals/{proposal_id}/agreement"): _SERVICE,
    ("POST", "/v1/proposals/{proposal_id}/refusal"): _SERVICE,
    ("POST", "/v1/proposals/{proposal_id}/withdrawal"): _SERVICE,
    # arrears: what changes is a record itself
    ("GET", "/v1/collections/queue"): _COLLECT,
    ("GET", "/v1/collections/accounts/{account_id}"): _COLLECT,
    ("GET", "/v1/collections/conduct"): _READ,
    ("GET", "/v1/collections/blocked"): _READ,
    ("GET", "/v1/collections/report"): _READ,
    ("POST", "/v1/collections/accounts/{account_id}/taken"): _COLLECT,
    ("POST", "/v1/collections/accounts/{account_id}/calls"): _COLLECT,
    ("POST", "/v1/collections/accounts/{account_id}/messages"): _COLLECT,
    ("POST", "/v1/collections/contacts/{contact_id}/outcome"): Door(Permission.COLLECT, key=Permission.DECIDE),
    ("POST", "/v1/collections/accounts/{account_id}/promises"): _COLLECT,
    ("POST", "/v1/collections/promises/{promise_id}/withdrawal"): _COLLECT,
    ("POST", "/v1/collections/accounts/{account_id}/disputes"): _COLLECT,
    ("POST", "/v1/collections/disputes/{dispute_id}/end"): _COLLECT,
    ("POST", "/v1/collections/accounts/{account_id}/offers"): _COLLECT,
    ("POST", "/v1/collections/offers/{offer_id}/answer"): _COLLECT,
    ("POST", "/v1/collections/accounts/{account_id}/marks"): _COLLECT,
    ("POST", "/v1/collections/accounts/{account_id}/dealing"): _COLLECT,
    ("POST", "/v1/collections/accounts/{account_id}/points"): _COLLECT,
    ("POST", "/v1/collections/accounts/{account_id}/points/{point}"): _COLLECT,
    ("POST", "/v1/collections/accounts/{account_id}/agency"): _COLLECT,
    ("POST", "/v1/collections/accounts/{account_id}/notes"): _COLLECT,
    ("GET", "/v1/ledger"): _READ,
    # what accounts are told of themselves
    ("GET", "/v1/accounts/{account_id}/statement"): _READ,
    ("GET", "/v1/accounts/{account_id}/statement.csv"): _READ,
    ("GET", "/v1/accounts/{account_id}/payoff"): _READ,
    ("GET", "/v1/products/templates"): _READ,
    ("POST", "/v1/products/check"): _READ,
    ("POST", "/v1/products/starting-policy"): _READ,
    ("POST", "/v1/products/waivers"): Door(Permission.DRAFT, "pushed"),
    ("GET", "/v1/assessments"): _READ,
    ("POST", "/v1/assessments"): _READ,
    ("GET", "/v1/assessments/{assessment_id}"): _READ,
    ("DELETE", "/v1/assessments/{assessment_id}"): _READ,
    ("POST", "/v1/assessments/{assessment_id}/proposal"): Door(Permission.DRAFT, "pushed"),
    # limits that move: proposed by one person, let go ahead by another, answered by customers
    ("GET", "/v1/limit-strategies"): _READ,
    ("GET", "/v1/limit-strategies/{name}/effect"): _READ,
    ("GET", "/v1/limit-reviews"): _READ,
    ("POST", "/v1/limit-reviews"): Door(Permission.DRAFT, "limit_review_proposed"),
    ("GET", "/v1/limit-reviews/{review_id}"): _READ,
    ("POST", "/v1/limit-reviews/{review_id}/approval"): Door(Permission.APPROVE, "limit_review_approved"),
    ("POST", "/v1/limit-reviews/{review_id}/refusal"): Door(Permission.APPROVE, "limit_review_declined"),
    ("POST", "/v1/limit-reviews/{review_id}/answers"): _DECIDE,
    ("GET", "/v1/accounts/{account_id}/limit-reviews"): _READ,
    # reminders and offers; answered by customers in their own channel
    ("GET", "/v1/programmes"): _READ,
    ("GET", "/v1/programmes/{name}/effect"): _READ,
    ("GET", "/v1/offers"): _READ,
    ("GET", "/v1/accounts/{account_id}/offers"): _READ,
    ("GET", "/v1/accounts/{account_id}/statement.pdf"): _READ,
    ("GET", "/v1/accounts/{account_id}/payoff.pdf"): _READ,
    ("GET", "/v1/accounts/{account_id}/contract"): _READ,
    ("POST", "/v1/accounts/{account_id}/contract"): Door(Permission.READ_PERSONAL, "contract_made"),
    ("GET", "/v1/provisions"): _READ,
    ("GET", "/v1/provisions/accounts"): _READ,
    ("GET", "/v1/accounts/{account_id}/provision"): _READ,
    ("POST", "/v1/provisions"): Door(Permission.SERVICE_ACCOUNTS, "provisions_run", key=Permission.DECIDE),
    # what passes between us and banks
    ("POST", "/v1/bank/orders"): Door(Permission.SERVICE_ACCOUNTS, "bank_ordered", key=Permission.DECIDE),
    ("GET", "/v1/bank/orders"): _READ,
    ("GET", "/v1/bank/orders/{message_id}"): _READ,
    ("GET", "/v1/bank/orders/{message_id}/parties"): _PERSONAL,
    ("GET", "/v1/bank/orders/{message_id}/file"): _SERVICE,
    ("POST", "/v1/bank/orders/{message_id}/agreement"): Door(Permission.SERVICE_ACCOUNTS, "bank_orders_agreed"),
    ("POST", "/v1/bank/orders/{message_id}/refusal"): Door(Permission.SERVICE_ACCOUNTS, "bank_orders_declined"),
    ("POST", "/v1/bank/files"): Door(Permission.SERVICE_ACCOUNTS, "bank_file_taken", key=Permission.DECIDE),
    ("GET", "/v1/bank/files"): _READ,
    ("GET", "/v1/bank/items"): _PERSONAL,
    ("POST", "/v1/bank/items/{item}/assignment"): Door(Permission.WORK_CASES, "bank_item_assigned"),
    ("GET", "/v1/products"): _READ,
    ("GET", "/v1/products/{name}"): _READ,
    ("POST", "/v1/products/{name}/quote"): _READ,
    ("GET", "/v1/labels"): _READ,
    ("GET", "/v1/labels/{name}"): _READ,
    # the log book of daily iterations
    ("GET", "/v1/iterations"): _READ,
    ("GET", "/v1/iterations/{name}/runs"): _READ,
    ("GET", "/v1/iterations/{name}/runs/{day}"): _READ,
    ("POST", "/v1/iterations/{name}/runs/{day}/acceptance"): Door(Permission.APPROVE, "iteration_accepted"),
    # training without code: it learns from files that people give, and puts nothing in force
    ("GET", "/v1/training-uploads"): _DRAFT,
    ("POST", "/v1/training-uploads"): Door(Permission.DRAFT, "training_file_given"),
    ("GET", "/v1/training-uploads/{upload_id}"): _DRAFT,
    ("POST", "/v1/training-uploads/{upload_id}/pieces"): _DRAFT,
    ("DELETE", "/v1/training-uploads/{upload_id}"): Door(Permission.DRAFT, "training_file_deleted"),
    ("POST", "/v1/training-looks"): _DRAFT,
    ("GET", "/v1/training-looks/{look_id}"): _DRAFT,
    ("DELETE", "/v1/training-looks/{look_id}"): _DRAFT,
    ("GET", "/v1/datasets"): _READ,
    ("GET", "/v1/datasets/{dataset}"): _READ,
    ("GET", "/v1/trainings"): _READ,
    ("POST", "/v1/trainings"): Door(Permission.DRAFT, "training_begun"),
    ("GET", "/v1/trainings/{training_id}"): _READ,
    ("DELETE", "/v1/trainings/{training_id}"): Door(Permission.DRAFT, "training_cancelled"),
    ("GET", "/v1/trainings/{training_id}/report"): _READ,
    ("POST", "/v1/trainings/{training_id}/draft"): Door(Permission.DRAFT, "pushed"),
    # a customer's own channel: a program invites, a customer does; each is a record of its own
    ("POST", "/v1/invitations"): _INVITE,
    ("GET", "/v1/invitations/{invitation_id}"): _INVITE,
    ("POST", "/v1/invitations/{invitation_id}/refunds"): _INVITE,
    ("POST", "/v1/my/session"): _ANYONE,
    ("GET", "/v1/my/session"): _ANYONE,
    ("DELETE", "/v1/my/session"): Door(CUSTOMER),
    ("GET", "/v1/my/products"): _MY[Act.APPLY],
    ("POST", "/v1/my/applications"): _MY[Act.APPLY],
    ("GET", "/v1/my/applications"): _MY[Act.SEE],
    ("GET", "/v1/my/applications/{decision_id}"): _MY[Act.SEE],
    ("GET", "/v1/my/applications/{decision_id}/offer"): _MY[Act.SEE],
    ("POST", "/v1/my/applications/{decision_id}/disclosures"): _MY[Act.SIGN],
    ("POST", "/v1/my/disclosures/{digest}/confirmation"): _MY[Act.SIGN],
    ("POST", "/v1/my/applications/{decision_id}/signature"): _MY[Act.SIGN],
    ("GET", "/v1/my/consents"): _MY[Act.SEE],
    ("POST", "/v1/my/consents/{consent}"): _MY[Act.SIGN],
    ("DELETE", "/v1/my/consents/{consent}"): _MY[Act.SEE],
    ("GET", "/v1/my/accounts"): _MY[Act.SEE],
    ("GET", "/v1/my/accounts/{account_id}"): _MY[Act.SEE],
    ("GET", "/v1/my/accounts/{account_id}/payoff"): _MY[Act.REPAY],
    ("POST", "/v1/my/accounts/{account_id}/payments"): _MY[Act.REPAY],
    ("GET", "/v1/my/offers"): _MY[Act.SEE],
    ("POST", "/v1/my/offers/{offer_id}/answer"): _MY[Act.SEE],
    ("GET", "/v1/my/accounts/{account_id}/statements"): _MY[Act.SEE],
    ("GET", "/v1/my/accounts/{account_id}/statement.pdf"): _MY[Act.SEE],
    ("GET", "/v1/my/accounts/{account_id}/payoff.pdf"): _MY[Act.SEE],
    ("GET", "/v1/my/accounts/{account_id}/contract"): _MY[Act.SEE],
    ("GET", "/v1/my/requests"): _MY[Act.SEE],
    ("POST", "/v1/my/requests"): _MY[Act.OBJECT],
    ("GET", "/v1/my/preferences"): _MY[Act.SEE],
    ("PUT", "/v1/my/preferences"): _MY[Act.OBJECT],
    ("GET", "/v1/my/data"): _MY[Act.RIGHTS],
    ("DELETE", "/v1/my/data"): _MY[Act.RIGHTS],
    # who is told of what happens
    ("GET", "/v1/webhooks"): _MANAGE,
    ("POST", "/v1/webhooks"): Door(Permission.MANAGE, "webhook_added"),
    ("GET", "/v1/webhooks/{webhook_id}"): _MANAGE,
    ("PATCH", "/v1/webhooks/{webhook_id}"): Door(Permission.MANAGE, "webhook_changed"),
    ("DELETE", "/v1/webhooks/{webhook_id}"): Door(Permission.MANAGE, "webhook_removed"),
    ("POST", "/v1/webhooks/{webhook_id}/secret"): Door(Permission.MANAGE, "webhook_secret_changed"),
    ("POST", "/v1/webhooks/{webhook_id}/test"): _MANAGE,
    ("GET", "/v1/webhooks/{webhook_id}/deliveries"): _MANAGE,
    ("GET", "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}"): _MANAGE,
    ("POST", "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/attempts"): Door(
        Permission.MANAGE, "webhook_sent_again"
    ),
}

CUSTOMER_RATE: Final = 120
"""Requests of one customer's session in a minute."""
_SAFE: Final = {"GET", "HEAD", "OPTIONS"}
_LOG = logging.getLogger("tandem.http")


class _Record(msgspec.Struct):
    """What will stand in the audit record if the request succeeds."""

    action: str
    on: str
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    detail: dict[str, Any] = {}
    speaking_as: str = ""


class Gate:
    """Lets a request in, or says why not.

    Args:
        access: who may; where its mode is ``open``, everybody.
        pages: method and address of what is served to anybody: the files of the page, which know nothing.
        limits: how often a key may ask; None where it is not counted.
    """

    def __init__(
        self, access: AccessControl, *, pages: Iterable[tuple[str, str]] = (), limits: RateLimits | None = None
    ) -> None:
        self.access = access
        self._limits = limits
        self._doors = {**DOORS, **dict.fromkeys(pages, _ANYONE)}
        self.open = access.mode == "open"
        self._cookie = access.cookie.encode() + b"="
        self._customer_cookie = access.customer_cookie.encode() + b"="
        self._customer_limits = RateLimits(CUSTOMER_RATE, most=10_000)

    def admit(self, scope: Scope, method: str, template: str) -> None:
        """Put the principal into ``scope`` and go on.

        Raises:
            NotSignedIn: who asks is not known.
            Refused: they may not, or a page sent its cookie without the header that proves the page is ours.
            TooOften: a key asks more often than it may.
        """
        door = self._doors.get((method, template))
        if door is not None and door.admission == CUSTOMER:
            self._admit_customer(scope, door)
        elif self.open:
            scope.setdefault("tandem.principal", LOCAL)  # a caller in the same process may say for whom it asks
        elif door is None:
            raise Refused("Nobody may do this.", code="not_permitted", hint="this address has no permission yet")
        elif door.admission != ANYONE:
            principal = scope["tandem.principal"] = self.known(scope)
            if principal.kind == "key" and self._limits is not None:
                bucket = scope["tandem.bucket"] = self._limits.bucket_of(principal.name)
                bucket.take()
            needed = door.key if door.key is not None and principal.kind == "key" else door.admission
            if isinstance(needed, Permission):
                principal.require(needed)
        if door is not None and door.action:
            on = template.format_map(scope.get("path_params", {})).removeprefix("/v1/")
            scope["tandem.record"] = _Record(door.action, on)

    def _admit_customer(self, scope: Scope, door: Door) -> None:
        principal = scope["tandem.principal"] = self.customer(scope)
        assert principal.customer is not None, "a customer's session"
        # Counted wherever it is open too: a page of a stranger's could else try numbers of accounts as fast as it likes.
        bucket = scope["tandem.bucket"] = self._customer_limits.bucket_of((principal.session or b"").hex())
        bucket.take()
        if door.act is not None:
            principal.customer.require(door.act)

    def customer(self, scope: Scope) -> Principal:
        """The customer who asks, by the cookie of their channel and nothing else.

        Raises:
            NotSignedIn: nobody, or somebody no more.
            Refused: somebody who is no customer, or the cookie without its header.
        """
        token = self._token_in(scope, self._customer_cookie)
        if token is None:
            if header_of(scope["headers"], b"authorization") is not None or self.session_token(scope) is not None:
                raise Refused(
                    "This is a customer's own.",
                    code="not_permitted",
                    hint="customers come in by an invitation: POST /v1/invitations",
                )
            raise NotSignedIn("Nobody has come in.", hint="open the invitation you were given")
        principal = self.access.customers.principal_of(token)
        _refuse_unproven(scope, token, "send csrf of POST /v1/my/session in this header")
        return principal

    def known(self, scope: Scope) -> Principal:
        """Who asks, by key or by cookie; a cookie alone changes nothing.

        Raises:
            NotSignedIn: nobody, or somebody no more.
            Refused: the cookie without its header.
        """
        headers = scope["headers"]
        authorization = header_of(headers, b"authorization")
        if authorization is not None:
            if authorization[:7].lower() != b"bearer ":
                raise NotSignedIn(
                    "Only bearer keys are taken.", code="invalid_key", field="Authorization", hint="Bearer tdm_..."
                )
            return self.access.principal_of_bearer(authorization[7:].strip())
        token = self.session_token(scope)
        if token is None:
            raise NotSignedIn("Nobody is signed in.", hint="sign in, or send a key: Authorization: Bearer tdm_...")
        principal = self.access.principal_of_session(token)
        _refuse_unproven(scope, token, "send csrf of GET /v1/session in this header; programs use a key")
        return principal

    def knows(self, scope: Scope) -> bool:
        """Whether somebody known asks; a page that asks so gets no 401, which browsers write to the console as an error."""
        if self.open:
            return True
        try:
            self.known(scope)
        except (NotSignedIn, Refused):
            return False
        return True

    def session_token(self, scope: Scope) -> bytes | None:
        """The token in this workspace's cookie."""
        return self._token_in(scope, self._cookie)

    def customer_token(self, scope: Scope) -> bytes | None:
        """The token in the cookie of this workspace's customers."""
        return self._token_in(scope, self._customer_cookie)

    @staticmethod
    def _token_in(scope: Scope, cookie: bytes) -> bytes | None:
        for name, value in scope["headers"]:
            if name == b"cookie":
                for part in value.split(b";"):
                    text = part.strip()
                    if text.startswith(cookie):
                        return bytes(text[len(cookie) :])
        return None

    def csrf(self, scope: Scope) -> str:
        """The second secret of the session that the cookie names; empty without one."""
        token = self.session_token(scope)
        return "" if token is None else csrf_of(token)

    def cookie(self, scope: Scope, token: str | None) -> str:
        """The header that gives a browser its session, or takes it away.

        Strict: no request that another site began carries it. Over plain HTTP, which only reaches this machine, it
        cannot be marked Secure: some browsers would not keep it.
        """
        life = f"Max-Age={SESSION_MAX // SECOND}" if token else "Max-Age=0"
        secure = "; Secure" if scope.get("scheme") == "https" else ""
        return f"{self.access.cookie}={token or ''}; Path=/; {life}; HttpOnly; SameSite=Strict{secure}"

    def customer_cookie(self, scope: Scope, token: str | None, *, framed: bool = False) -> str:
        """The header that gives a customer's browser its session, or takes it away; it reaches no door but theirs.

        Args:
            framed: a merchant of another site may show the page in a frame: then no cookie that is Strict comes along, and
                one that is not is partitioned by that site. What proves that our own page asks is the second secret.
        """
        life = "" if token else "; Max-Age=0"
        https = scope.get("scheme") == "https"
        site = "None; Partitioned" if framed and https else "Strict"
        secure = "; Secure" if https else ""
        return f"{self.access.customer_cookie}={token or ''}; Path=/v1/my{life}; HttpOnly; SameSite={site}{secure}"

    async def record(self, scope: Scope) -> None:
        """Put a success on record, before its answer leaves. Each request once."""
        record: _Record | None = scope.pop("tandem.record", None)
        if record is None:
            return
        principal: Principal = scope["tandem.principal"]
        try:
            await run_in_threadpool(
                self.access.note,
                record.action,
                principal,
                record.on,
                speaking_as=record.speaking_as,
                before=record.before,
                after=record.after,
                detail=record.detail,
            )
        except TandemError:
            # The change is made and has its own record; not to answer would only make the caller try again.
            _LOG.exception("A note of the audit record could not be kept")


def _refuse_unproven(scope: Scope, token: bytes, hint: str) -> None:
    """A cookie alone changes nothing."""
    if scope["method"] in _SAFE:
        return
    proof = header_of(scope["headers"], b"x-tandem-csrf") or b""
    if not hmac.compare_digest(proof, csrf_of(token).encode()):
        raise Refused("The page did not prove that it is ours.", code="csrf", field="X-Tandem-CSRF", hint=hint)


def principal_of(request: Request) -> Principal:
    """Who asks; ``local`` on a route that asks nobody."""
    found: Principal = request.scope.get("tandem.principal", LOCAL)
    return found


def refuse_own_work(gate: Gate, approver: str, authors: Iterable[str]) -> None:
    """Nobody approves what they wrote, nor what a key of theirs wrote; whatever the workspace says of four eyes.

    Raises:
        Refused: ``author_is_approver``.
    """
    if gate.open:
        return
    for author in authors:
        if approver in {author, gate.access.answerable_for(author)}:
            raise Refused(
                f"{approver} wrote this and may not approve it.",
                code="author_is_approver",
                field="approver",
                value=approver,
                hint="ask someone else to review it",
            )


def off_record(request: Request) -> None:
    """This request changed nothing after all: it only looked."""
    request.scope.pop("tandem.record", None)


def on_record(
    request: Request,
    on: str,
    *,
    by: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    **detail: Any,
) -> None:
    """Say what this request changed, for the audit record.

    Args:
        on: ``kind/name``; no personal value.
        by: the name that stands on the change itself.
        before, after: states, kept as digests.
        detail: what else a reader wants; no personal value.
    """
    record: _Record | None = request.scope.get("tandem.record")
    if record is not None:
        record.on, record.detail, record.speaking_as = on, detail, by
        record.before = None if before is None else dict(before)
        record.after = None if after is None else dict(after)
