"""Every request the clients can make, as a value: what to send, and how to read what comes back. No I/O here.

Both clients run the same calls, so they cannot disagree.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeAlias, TypeVar
from urllib.parse import quote

import httpx
import msgspec

from tandem_sdk import _models as m
from tandem_sdk._errors import IncompleteAnswer, problem_of

__all__ = ["BATCH_MAX", "Call", "Page", "answer_of", "not_now"]

T = TypeVar("T")
AnyEvent: TypeAlias = "m.Event | Mapping[str, Any]"

BATCH_MAX = 200
"""Events in one batch request; what is longer is sent as several."""
PAGE = 200
_AGAIN = frozenset({429, 503})


@dataclass(frozen=True)
class Call(Generic[T]):
    """One request.

    Attributes:
        again: it may be sent again without harm, because the server knows it by its id or it changes nothing.
    """

    method: str
    path: str
    read: Callable[[httpx.Response], T]
    params: dict[str, Any] = field(default_factory=dict)
    body: Any = None
    again: bool = True

    def content(self) -> bytes | None:
        """The body as bytes."""
        return None if self.body is None else msgspec.json.encode(self.body)


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a listing; ``following`` continues, None at the end."""

    items: list[T]
    following: int | None


# -- answers -----------------------------------------------------------------------------------------------------------


def answer_of(call: Call[T], response: httpx.Response) -> T:
    """What ``response`` says.

    Raises:
        Problem: it is a refusal.
        IncompleteAnswer: it is not whole, or not about what was asked.
    """
    _whole(response)
    if response.status_code >= 400:
        raise problem_of(
            _problem(response),
            status=response.status_code,
            retry_after_s=_seconds(response.headers.get("retry-after")),
            request_id=response.headers.get("x-request-id"),
        )
    try:
        return call.read(response)
    except (msgspec.DecodeError, KeyError, TypeError) as error:
        raise IncompleteAnswer(f"The answer is not what was asked for: {error}") from error


def not_now(item: m.BatchItem) -> bool:
    """Whether an event of a batch was refused for now only."""
    return item.problem is not None and item.problem.status in _AGAIN


def _whole(response: httpx.Response) -> None:
    announced = response.headers.get("content-length")
    encoded = "content-encoding" in response.headers
    if announced is not None and not encoded and announced != str(len(response.content)):
        raise IncompleteAnswer(f"{len(response.content)} of {announced} bytes arrived")


def _problem(response: httpx.Response) -> dict[str, Any]:
    try:
        return msgspec.json.decode(response.content, type=dict[str, Any])
    except msgspec.DecodeError:
        return {
            "code": "not_tandem",
            "detail": f"The server answered {response.status_code} without a problem document.",
        }


def _seconds(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdigit() else None


def _reader(kind: type[T]) -> Callable[[httpx.Response], T]:
    decoder = msgspec.json.Decoder(kind)
    return lambda response: decoder.decode(response.content)


# -- events ------------------------------------------------------------------------------------------------------------


def document_of(event: AnyEvent) -> dict[str, Any]:
    """``event`` as it is sent."""
    document = event.document() if isinstance(event, m.Event) else dict(event)
    if isinstance(document.get("occurred_at"), datetime):
        document["occurred_at"] = document["occurred_at"].isoformat()
    if not document.get("event_id"):
        raise ValueError("an event needs an event_id: it is what makes sending it again safe")
    return document


def decide(event: AnyEvent, policy: str | None = None) -> Call[m.Decision]:
    """Decide on one event."""
    document = document_of(event)
    params = {} if policy is None else {"policy": policy}
    read = _about(document["event_id"], _reader(m.Decision))
    return Call("POST", "/v1/decisions", _with_duplicate(read), params, document)


def record(event: AnyEvent) -> Call[m.Recorded]:
    """Record one event without deciding."""
    document = document_of(event)
    return Call("POST", "/v1/events", _with_duplicate(_about(document["event_id"], _reader(m.Recorded))), {}, document)


def batch(documents: Sequence[dict[str, Any]], *, decided: bool, policy: str | None = None) -> Call[list[m.BatchItem]]:
    """Decide on, or record, at most ``BATCH_MAX`` events."""

    def read(response: httpx.Response) -> list[m.BatchItem]:
        items = msgspec.json.decode(response.content)["items"]
        if len(items) != len(documents):
            raise IncompleteAnswer(f"{len(items)} answers to {len(documents)} events")
        return [_item(document["event_id"], item) for document, item in zip(documents, items, strict=True)]

    path = "/v1/decisions/batch" if decided else "/v1/events/batch"
    params = {} if policy is None else {"policy": policy}
    return Call("POST", path, read, params, {"events": list(documents)})


def _item(event_id: str, item: dict[str, Any]) -> m.BatchItem:
    if "problem" in item:
        return m.BatchItem(event_id=event_id, problem=problem_of(item["problem"], status=item["status"]))
    answer = item["answer"]
    if answer["event_id"] != event_id:
        raise IncompleteAnswer(f"an answer about {answer['event_id']} in the place of {event_id}")
    kind: type[m.Decision | m.Recorded] = m.Decision if "decision_id" in answer else m.Recorded
    answered: m.Decision | m.Recorded = msgspec.convert({**answer, "duplicate": item.get("duplicate", False)}, kind)
    return m.BatchItem(event_id=event_id, answer=answered)


def _about(event_id: str, read: Callable[[httpx.Response], T]) -> Callable[[httpx.Response], T]:
    def check(response: httpx.Response) -> T:
        answer = read(response)
        told = getattr(answer, "event_id", None)
        if told != event_id:
            raise IncompleteAnswer(f"an answer about {told} instead of {event_id}")
        return answer

    return check


_S = TypeVar("_S", bound=msgspec.Struct)


def _with_duplicate(read: Callable[[httpx.Response], _S]) -> Callable[[httpx.Response], _S]:
    def marked(response: httpx.Response) -> _S:
        answer = read(response)
        if response.headers.get("tandem-duplicate") != "true":
            return answer
        return msgspec.structs.replace(answer, duplicate=True)

    return marked


# -- decisions ---------------------------------------------------------------------------------------------------------


def decision(identifier: str) -> Call[m.DecisionRecord]:
    """One decision by its own id or its event's."""
    return Call("GET", f"/v1/decisions/{_segment(identifier)}", _reader(m.DecisionRecord))


def explain(identifier: str) -> Call[m.Explanation]:
    """Why a decision was taken."""
    return Call("GET", f"/v1/decisions/{_segment(identifier)}/explanation", _reader(m.Explanation))


def replay(identifier: str) -> Call[m.Replay]:
    """Take a decision again from its record."""
    return Call("POST", f"/v1/decisions/{_segment(identifier)}/replay", _reader(m.Replay), {}, {})


def decisions(
    *, outcome: str | None, policy: str | None, before: int | None, limit: int
) -> Call[Page[m.DecisionRecord]]:
    """One page of decisions, newest first."""

    def read(response: httpx.Response) -> Page[m.DecisionRecord]:
        found = msgspec.json.decode(response.content)
        return Page(msgspec.convert(found["decisions"], list[m.DecisionRecord]), found.get("next_before"))

    asked = {"limit": limit, "outcome": outcome, "policy": policy, "before": before}
    return Call("GET", "/v1/decisions", read, _given(asked))


def features(kind: str, identifier: str, at: datetime | None = None) -> Call[m.Features]:
    """Features of one entity as of a moment."""
    path = f"/v1/entities/{_segment(kind)}/{_segment(identifier)}/features"
    return Call("GET", path, _reader(m.Features), _given({"at": None if at is None else at.isoformat()}))


# -- lists -------------------------------------------------------------------------------------------------------------


def lists() -> Call[list[m.ListSummary]]:
    """All lists."""
    return Call("GET", "/v1/lists", lambda response: _part(response, "lists", list[m.ListSummary]))


def list_entries(name: str, *, after: int, limit: int) -> Call[Page[m.ListEntry]]:
    """One page of a list's entries."""

    def read(response: httpx.Response) -> Page[m.ListEntry]:
        found = msgspec.json.decode(response.content)
        return Page(msgspec.convert(found["entries"], list[m.ListEntry]), found["next_after"])

    return Call("GET", f"/v1/lists/{_segment(name)}/entries", read, {"after": after, "limit": limit})


def change_list(
    name: str,
    add: Sequence[Mapping[str, Any]],
    remove: Sequence[Mapping[str, Any]],
    change_id: str | None,
    by: str,
) -> Call[m.ListChanged]:
    """Add and remove entries, all at once or not at all."""
    body = {
        "change_id": change_id or f"chg_{uuid.uuid4().hex}",
        "by": by,
        "add": [dict(each) for each in add],
        "remove": [dict(each) for each in remove],
    }
    return Call("POST", f"/v1/lists/{_segment(name)}/entries", _reader(m.ListChanged), {}, body)


# -- webhooks ----------------------------------------------------------------------------------------------------------


def webhooks() -> Call[list[m.Webhook]]:
    """All webhooks."""
    return Call("GET", "/v1/webhooks", lambda response: _part(response, "webhooks", list[m.Webhook]))


def create_webhook(
    url: str, kinds: Sequence[str], outcomes: Sequence[str], policies: Sequence[str], description: str
) -> Call[m.WebhookWithSecret]:
    """A new webhook and its secret."""
    body = {
        "url": url,
        "kinds": list(kinds),
        "outcomes": list(outcomes),
        "policies": list(policies),
        "description": description,
    }
    return Call("POST", "/v1/webhooks", _reader(m.WebhookWithSecret), {}, body, again=False)


def delete_webhook(identifier: str) -> Call[None]:
    """Forget a webhook."""
    return Call("DELETE", f"/v1/webhooks/{_segment(identifier)}", lambda _: None, again=False)


def test_webhook(identifier: str) -> Call[m.Delivery]:
    """Send a test now."""
    return Call("POST", f"/v1/webhooks/{_segment(identifier)}/test", _reader(m.Delivery), again=False)


def deliveries(identifier: str, *, state: str | None, before: int | None, limit: int) -> Call[Page[m.Delivery]]:
    """One page of a webhook's messages, newest first."""

    def read(response: httpx.Response) -> Page[m.Delivery]:
        found = msgspec.json.decode(response.content)
        return Page(msgspec.convert(found["deliveries"], list[m.Delivery]), found["next_before"])

    asked = _given({"state": state, "before": before, "limit": limit})
    return Call("GET", f"/v1/webhooks/{_segment(identifier)}/deliveries", read, asked)


# -- the server --------------------------------------------------------------------------------------------------------


def status() -> Call[m.ServerStatus]:
    """What the server has done."""
    return Call("GET", "/v1/status", _reader(m.ServerStatus))


def anything(method: str, path: str, params: Mapping[str, Any] | None, body: Any) -> Call[Any]:
    """Any other address of the API, its answer as plain values. Only reading is repeated after a failure."""
    return Call(method, path, _plain, _given(params or {}), body, again=method == "GET")


def _plain(response: httpx.Response) -> Any:
    return msgspec.json.decode(response.content)


def _part(response: httpx.Response, name: str, kind: type[T]) -> T:
    return msgspec.convert(msgspec.json.decode(response.content)[name], kind)


def _given(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if value is not None}


def _segment(text: str) -> str:
    return quote(text, safe="")
