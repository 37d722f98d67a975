"""A product launched in a browser by two people, from a template to its first decision; and how long people would take over it.

What a person's time is, is modelled and not measured: the keystroke-level model of Card, Moran and Newell (1980, CACM 23,
396-410) gives seconds for each action that is really performed on the page, and what is read is read at 238 words a minute
(Brysbaert 2019, Journal of Memory and Language 109). The machine's own time is measured beside it. The lender, its past
and its outcomes are SIMULATED; the server, the page, the assessment and the decision are the real ones.
"""

from __future__ import annotations

import contextlib
import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tandem.act.products import draft_product, template_document
from tandem.decide.decisions import ARTEFACT_FOLDERS, DecisionProcess, open_process
from tandem.faces.api import Server, WorkspaceSummary, create_app, journal_notes
from tandem.faces.cli.starting import write_starter
from tandem.faces.launching import assessment_runs
from tandem.kernel.artefacts import Artefact, load_workspace
from tandem.kernel.identity import SystemEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import Clock, SystemClock
from tandem.learn.assessment import AssessmentRuns
from tandem.observe.lake import Lake
from tandem.prove.access import LOCAL, AccessControl, open_access

__all__ = ["Hands", "Launch", "Lender", "launches", "lender_at", "take_link", "words_of"]

K, P, B, H, M = 0.28, 1.1, 0.1, 0.4, 1.35
"""Seconds: a key, pointing, a button of the mouse pressed or let go, a hand from mouse to keys, making up one's mind."""
WORDS_A_SECOND: Final = 238 / 60
_PATIENCE_MS: Final = 180_000
_PASSWORDS: Final = {"li": "seven quiet amber harbours", "wang": "nine patient copper gardens"}
_WORDS: Final = Path(__file__).parents[1] / "console" / "src" / "words"
_OUTCOME_TYPE: Final = Artefact.of(
    "event_type",
    "loan_outcome",
    {
        "subject": "person",
        "fields": [
            {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"},
            {"name": "application", "type": "text", "required": True},
            {"name": "bad", "type": "boolean", "required": True, "data_class": "C2"},
        ],
    },
)
_OUTCOME: Final = Artefact.of(
    "outcome",
    "application",
    {
        "event": "loan_outcome",
        "refers": "application",
        "bad": "bad",
        "amount": "amount_minor",
        "currency": "CNY",
        "simulated": True,
    },
)


@dataclass
class Lender:
    """A served workspace with a product, a past, and people who may enter it.

    Attributes:
        links: name to a one-time link.
        key: of a program that may decide.
    """

    address: str
    process: DecisionProcess
    access: AccessControl
    links: dict[str, str]
    key: str


@contextlib.contextmanager
def lender_at(
    folder: Path,
    *,
    past: int,
    clock: Clock | None = None,
    also: Sequence[Artefact] = (),
    desks: Callable[[DecisionProcess], Mapping[str, Any]] | None = None,
) -> Iterator[Lender]:
    """A lender below ``folder`` that has decided on ``past`` applications, most of which turned out.

    Args:
        clock: the house's time; the system's by default.
        also: what is released besides.
        desks: the desks of the process that stand already and whatever else ``create_app`` takes, by name.
    """
    clock = clock or SystemClock()
    write_starter(folder / "files", "lender")
    loaded = load_workspace(folder / "files", ARTEFACT_FOLDERS)
    process = open_process(Settings(home=folder / "home"), loaded.header.name, four_eyes=True, clock=clock)
    till = {**draft_product("till_instalments"), "policies": {"application": "application"}}
    cap = {key: value for key, value in template_document("cn_consumer").items() if key != "name"}
    artefacts = [
        *loaded.artefacts.values(),
        _OUTCOME_TYPE,
        _OUTCOME,
        Artefact.of("rate_cap", "cn_consumer", cap),
        Artefact.of("product", "till_instalments", till),
        *also,
    ]
    process.push(artefacts, author="ann")
    process.review([one.digest for one in artefacts], approver="bob")
    process.release({one.key: one.digest for one in artefacts}, by="bob")
    _live_through(process, past)
    access = open_access(
        folder / "home", loaded.header.name, clock=clock, entropy=SystemEntropy(), tell=journal_notes(process),
        sandbox=False,
    )  # fmt: skip
    runs = assessment_runs(folder / "home", loaded.header.name)
    given = {} if desks is None else desks(process)
    app = _app(process, access, runs, Lake(folder / "lake", clock=clock), clock=clock, **given)
    server = Server(app, host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield _peopled(server.address, process, access)
    finally:
        server.stop()
        runs.close()
        thread.join(timeout=20)
        access.close()
        process.close()


def _app(process: DecisionProcess, access: AccessControl, runs: AssessmentRuns, lake: Lake, **given: Any) -> Any:
    about = WorkspaceSummary(name=process.journal.workspace, description="", kind="live", currency="CNY")
    return create_app(process, access, workspace=about, assessments=runs, lake=lake, **given)


def _peopled(address: str, process: DecisionProcess, access: AccessControl) -> Lender:
    links = {}
    for name, role in (("li", "strategist"), ("wang", "approver")):
        _, token = access.add_person(name, name.title(), [role], by=LOCAL)
        links[name] = f"{address}/welcome#token={token}"
    key = access.make_key("shop", ["decide"], by=LOCAL)[1]
    return Lender(address, process, access, links, key)


def _live_through(process: DecisionProcess, past: int) -> None:
    for number in range(past):
        process.decide_now(_event(f"past-{number}", "application", _applied(number)))
    for number in range(past):
        if number % 10 != 9 and number % 3:
            told = {"person": f"p-{number}", "application": f"past-{number}", "bad": number % 8 == 0}
            process.record_now(_event(f"outcome-{number}", "loan_outcome", told))


def _applied(number: int) -> dict[str, Any]:
    return {
        "person": f"p-{number}",
        "device": f"d-{number}",
        "amount_minor": 100_000 + 20_000 * (number % 50),
        "term_months": (6, 12, 24)[number % 3],
        "income_minor": 600_000 + 20_000 * (number % 30),
        "age": 17 if number % 10 == 9 else 20 + number % 45,
    }


def _event(event_id: str, event_type: str, values: dict[str, Any]) -> dict[str, Any]:
    return {"event_id": event_id, "event_type": event_type, "occurred_at": "2026-11-20T08:00:00Z", "values": values}


# -- people ----------------------------------------------------------------------------------------------------------


def words_of(locale: str, key: str, **given: object) -> str:
    """The word ``namespace:key`` as the console shows it."""
    space, _, path = key.partition(":")
    found = json.loads((_WORDS / locale / f"{space}.json").read_text(encoding="utf-8"))
    for part in path.split("."):
        found = found[part]
    return re.sub(r"\{\{(\w+)\}\}", lambda slot: str(given[slot.group(1)]), found)


@dataclass
class Hands:
    """Somebody at a page: does what they do, and adds up what a person would take over it.

    Attributes:
        seconds: by kind of action, of a person. steps: actions.
    """

    page: Any
    address: str
    locale: str
    seconds: dict[str, float] = field(default_factory=dict)
    steps: int = 0

    def say(self, key: str, **given: object) -> str:
        """The word in their language."""
        return words_of(self.locale, key, **given)

    def clicks(self, what: Any) -> None:
        """Makes up their mind, points, presses."""
        what.click()
        self._took("pointing", M + P + 2 * B)

    def presses(self, key: str, within: Any = None, **given: object) -> None:
        """The button of that name that can be pressed."""
        named = (within or self.page).get_by_role("button", name=self.say(key, **given), exact=True)
        self.clicks(named.and_(self.page.locator(":enabled")).first)

    def types(self, text: str, into: Any) -> None:
        """Points into a field, marks what stands there, types over it."""
        into.fill(text)
        self._took("typing", M + P + 2 * B + H + K * (len(text) + 2) + H)

    def pastes(self, text: str, into: Any) -> None:
        """Points into a field and pastes what was copied elsewhere."""
        into.fill(text)
        self._took("typing", M + P + 2 * B + H + 2 * K)

    def reads(self, what: Any) -> None:
        """Every word that stands there."""
        what.wait_for(timeout=_PATIENCE_MS)
        text = what.inner_text()
        count = len(re.findall(r"[A-Za-z0-9.,%–-]+", text)) + len(re.findall(r"[\u4e00-\u9fff]", text)) / 1.5
        self._took("reading", count / WORDS_A_SECOND)

    def waits_for(self, what: Any) -> None:
        """The machine's time, which is measured."""
        what.wait_for(timeout=_PATIENCE_MS)

    def goes(self, path: str) -> None:
        """By a link or a bookmark."""
        self.page.goto(f"{self.address}{path}")
        self._took("pointing", M + P + 2 * B)

    def dialog(self) -> Any:
        """What is asked in a window over the page."""
        return self.page.get_by_role("dialog")

    def _took(self, what: str, seconds: float) -> None:
        self.seconds[what] = self.seconds.get(what, 0.0) + seconds
        self.steps += 1


def take_link(page: Any, link: str, name: str, locale: str) -> None:
    """Comes in by a one-time link; before the clock starts."""
    page.goto(link)
    page.locator("input[type=password]").fill(_PASSWORDS[name])
    page.get_by_role("button", name=words_of(locale, "sign-in:come_in"), exact=True).click()
    page.get_by_role("navigation").first.wait_for(timeout=_PATIENCE_MS)


@dataclass(frozen=True)
class Launch:
    """What a launch took.

    Attributes:
        person_s: of both people, by the model; machine_s: from the first action to the offer, measured, no pauses.
        assessment_s: of that, until the report was there.
        outcome: of the first decision.
    """

    person_s: float
    machine_s: float
    assessment_s: float
    steps: int
    parts: dict[str, float]
    outcome: str
    offers: int


def launches(li: Hands, wang: Hands, key: str) -> Launch:
    """Li writes a product and has it assessed; Wang signs and publishes it; a first application is decided and an offer made."""
    begun = time.perf_counter()
    _writes(li)
    asked = time.perf_counter()
    li.presses("launching:assess.act")
    li.waits_for(li.page.get_by_role("button", name=li.say("launching:sign.propose"), exact=True))
    assessed = time.perf_counter() - asked
    _proposes(li)
    _signs(wang)
    outcome, offers = _decides(wang, key)
    seconds = {name: li.seconds.get(name, 0.0) + wang.seconds.get(name, 0.0) for name in {*li.seconds, *wang.seconds}}
    return Launch(
        person_s=sum(seconds.values()),
        machine_s=time.perf_counter() - begun,
        assessment_s=assessed,
        steps=li.steps + wang.steps,
        parts=seconds,
        outcome=outcome,
        offers=offers,
    )


def _writes(li: Hands) -> None:
    page = li.page
    li.goes("/products")
    li.clicks(page.get_by_role("link", name=li.say("launching:new"), exact=True))
    li.clicks(page.get_by_role("button").filter(has_text=li.say("launching:start.what.cash_loan")))
    li.types("quick_loan", page.get_by_role("textbox", name=li.say("launching:lend.name"), exact=False).first)
    li.types("50000", page.get_by_role("textbox", name=li.say("launching:lend.most"), exact=True))
    _next(li, "repay")
    _next(li, "price")
    li.types("18", page.get_by_role("textbox", name=li.say("launching:price.most"), exact=True))
    li.types("15", page.get_by_role("textbox", name=li.say("launching:price.otherwise"), exact=True))
    li.reads(page.get_by_role("heading", name=li.say("launching:preview.price")).locator("xpath=ancestor::section"))
    _next(li, "decide")
    li.presses("launching:decide.start")
    li.reads(
        page.get_by_role("heading", name=li.say("launching:decide.started", name="quick_loan_application")).locator(
            ".."
        )
    )
    _next(li, "assess")


def _next(li: Hands, step: str) -> None:
    li.presses("launching:next", step=li.say(f"launching:steps.{step}"))


def _proposes(li: Hands) -> None:
    _reads_report(li)
    li.presses("launching:sign.propose")
    li.presses("launching:sign.propose", within=li.dialog())
    li.dialog().wait_for(state="hidden", timeout=_PATIENCE_MS)


def _reads_report(one: Hands) -> None:
    one.reads(one.page.get_by_role("region", name=one.say("launching:report.figures"), exact=True))
    one.reads(_block(one, "launching:report.concerns"))
    one.reads(_block(one, "launching:report.assumed"))


def _block(one: Hands, title: str) -> Any:
    return one.page.get_by_role("heading", name=one.say(title), exact=True).locator("xpath=ancestor::section")


def _signs(wang: Hands) -> None:
    page = wang.page
    wang.goes("/products")
    wang.clicks(page.get_by_role("link", name="quick_loan", exact=True).first)
    _reads_report(wang)
    wang.presses("launching:sign.sign")
    wang.types("The report was read.", wang.dialog().get_by_role("textbox"))
    wang.presses("launching:sign.sign", within=wang.dialog())
    wang.dialog().wait_for(state="hidden", timeout=_PATIENCE_MS)
    wang.presses("releases:publish")
    wang.waits_for(wang.dialog().get_by_text(wang.say("releases:ready"), exact=True))
    wang.reads(wang.dialog())
    wang.types("Launch.", wang.dialog().get_by_role("textbox"))
    wang.presses("releases:publish", within=wang.dialog())
    wang.dialog().wait_for(state="hidden", timeout=_PATIENCE_MS)


def _decides(wang: Hands, key: str) -> tuple[str, int]:
    page = wang.page
    wang.clicks(page.get_by_role("link", name=wang.say("launching:sign.open"), exact=True))
    amount = page.get_by_role("textbox", name="amount_minor", exact=True)
    wang.types("3000", amount)
    wang.types("9000", page.get_by_role("textbox", name="income_minor", exact=True))
    wang.types("34", page.get_by_role("textbox", name="age", exact=True))
    wang.pastes(key, page.locator("input[type=password]"))
    with page.expect_response(lambda answer: "/v1/decisions?policy=" in answer.url) as decided:
        wang.presses("launching:first.send")
    outcome = decided.value.json()["outcome"]
    table = page.get_by_role("table", name=wang.say("launching:first.offer_table"))
    wang.waits_for(table)
    wang.reads(table)
    return outcome, table.locator("tbody tr").count()
