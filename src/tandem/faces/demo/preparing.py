"""Before going live: the example lender records what it knows, learns from it, and publishes what it learned."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from tandem.act.lending import AccountBook, request_of
from tandem.act.products import Day, parse_product
from tandem.decide.decisions import ARTEFACT_FOLDERS, DecisionProcess, LiveRelease, open_process
from tandem.faces.demo.lines import line_of, lines_of
from tandem.faces.demo.playing import Server, publish
from tandem.faces.demo.sources import (
    PANEL_MONTHS,
    Document,
    Stream,
    application_documents,
    checkout_documents,
    outcome_documents,
    panel_days,
    panel_documents,
    payment_documents,
    read_applications,
    read_panel,
)
from tandem.faces.lake_follower import LakeFollower
from tandem.kernel.artefacts import Artefact, load_workspace, read_header, write_artefact
from tandem.kernel.errors import TandemError, Unavailable
from tandem.kernel.identity import EntityKind, Pseudonym
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, SECOND, Micros, SystemClock, days_to_date
from tandem.learn.simulator import ApplicationWorld, CardWorld
from tandem.observe.events import Event
from tandem.observe.lake import Lake

if TYPE_CHECKING:
    from tandem.faces.demo.learning import Learned

__all__ = [
    "HOME",
    "History",
    "Progress",
    "ToPlay",
    "begin_learning",
    "foundations_of",
    "publish_learned",
    "record_history",
    "to_play",
]

HOME = ".tandem"
"""Where the example keeps its data, within its folder."""

SEED = 20261124
_TRAINING_SHARE = 0.6
_WITH_MODELS = (
    "letter",
    "policy",
    "ring",
    "warning_rules",
    "product",
    "channel",
    "collection_strategy",
    "limit_strategy",
    "offer_programme",
    "provision_rules",
)
"""Kinds of definitions that name models, or what names models, and so wait for them: policies do, products name policies, and the last
five name products."""
_TAUGHT_BY = (
    "statement",
    "repayment",
    "card_payment",
    "payment_outcome",
    "checkout_application",
    "checkout_outcome",
)
"""Event types that the models of accounts, payments and instalments at the till learn from."""
_ACCOUNTS_ONE_IN = 2
"""Somebody is waiting: half of the real accounts tell the same story in half the time."""
_LINES_ONE_IN = 40
"""Real accounts whose credit is kept here: they age, are warned and reminded."""
_LINES_AT_ONCE = 100
_LAKE_PATIENCE_S = 600
_CHUNK = 2_000
_FIRST_DAYS = 38
"""Days of the simulated worlds that are history; the rest is played live."""


class Progress(Protocol):
    """Where a person sees how far it is."""

    def step(self, name: str, total: int) -> None:
        """A new step with so many parts."""
        ...

    def advance(self, parts: int) -> None:
        """So many parts more are done."""
        ...


class History(msgspec.Struct, frozen=True):
    """What is known before going live, and what everything else is made from.

    Attributes:
        folder: of the workspace.
        definitions: all that its files define.
        release: what was live when the history was recorded.
        seq: the journal's last place then.
        applications: of the past, whose outcome is known.
        to_come: applications that are played live.
        panel: the accounts, all months; last: the day on which its calendar ends.
        payments, checkouts: the simulated worlds.
        outcomes_known: how many outcomes are among the history.
        lines: accounts that were taken over, and whether each defaulted in the month after; taken: their numbers in the panel.
    """

    folder: Path
    definitions: tuple[Artefact, ...]
    release: LiveRelease
    seq: int
    applications: pa.Table
    to_come: pa.Table
    panel: pa.Table
    last: Day
    payments: Stream
    checkouts: Stream
    outcomes_known: int
    lines: dict[str, bool]
    taken: frozenset[int]


class ToPlay(msgspec.Struct, frozen=True):
    """What is played live.

    Attributes:
        applications, statements, payments, checkouts: event documents that ask for a decision, in order of time.
        repayments: event documents that are recorded before the statements.
        outcomes: what became of them all; recorded afterwards.
    """

    applications: list[Document]
    repayments: list[Document]
    statements: list[Document]
    payments: list[Document]
    checkouts: list[Document]
    outcomes: list[Document]


def record_history(folder: Path, example: Path, data: Path, progress: Progress, meanwhile: ExitStack) -> History:
    """Make the workspace in ``folder`` from ``example``, publish its foundations, record what is known from ``data``.

    Args:
        meanwhile: what goes on beside, until a server has taken over: the lake takes in the history.

    Raises:
        NotFound: the bundled data is not there.
    """
    if folder.exists():
        shutil.rmtree(folder)
    shutil.copytree(example, folder)
    process = open_process(Settings(home=folder / HOME), read_header(folder).name)
    try:
        return _recorded(process, folder, data, progress, meanwhile)
    finally:
        process.close()


def _recorded(process: DecisionProcess, folder: Path, data: Path, progress: Progress, meanwhile: ExitStack) -> History:
    definitions = tuple(load_workspace(folder, ARTEFACT_FOLDERS).artefacts.values())
    progress.step("release event types, features, lists", 1)
    _publish_foundations(process, foundations_of(definitions))
    # Accounts are taken over under these terms; they can be had by others when their policies are in force.
    process.push([one for one in definitions if one.kind == "product"], author="demo", note="products")
    release = process.live
    assert release is not None, "the foundations are live"
    progress.advance(1)

    applications = read_applications(data, seed=SEED)
    past = int(len(applications) * _TRAINING_SHARE)
    panel = read_panel(data, one_in=_ACCOUNTS_ONE_IN)
    world = CardWorld(
        customers=250, merchants=500, days=45, takeovers_per_day=0.6, compromised_per_day=0.3, bursts_per_day=0.3
    )
    payments = payment_documents(world, until=Micros(world.start + _FIRST_DAYS * DAY))
    # A world in which a ring of 24 forms in the week that is played live, and a small one beside it.
    town = ApplicationWorld(customers=3_200, days=45, seed=8)
    checkouts = checkout_documents(town, until=Micros(town.start + _FIRST_DAYS * DAY))
    last = _yesterday()
    of_lines = read_panel(data, one_in=_LINES_ONE_IN)
    lines = _take_over(process, definitions, of_lines, last, progress)
    documents = list(panel_documents(panel, PANEL_MONTHS[:5], last)) + payments.known + checkouts.known
    progress.step("record what is known: five months of accounts; payments, instalments (simulated)", len(documents))
    meanwhile.enter_context(LakeFollower(folder, home=folder / HOME))
    _record(process, release, documents, progress)
    return History(
        folder=folder,
        definitions=definitions,
        release=release,
        seq=process.journal.drain().seq,
        applications=applications.slice(0, past),
        to_come=applications.slice(past),
        panel=panel,
        last=last,
        payments=payments,
        checkouts=checkouts,
        outcomes_known=sum(one["event_type"].endswith("_outcome") for one in documents),
        lines=lines,
        taken=frozenset(of_lines["id"].to_pylist()),
    )


def foundations_of(definitions: Iterable[Artefact]) -> list[Artefact]:
    """What can be in force before anything was learned."""
    return [one for one in definitions if one.kind not in {*_WITH_MODELS, "mapping"}]


def _publish_foundations(process: DecisionProcess, artefacts: Sequence[Artefact]) -> None:
    note = "foundations"
    process.push(artefacts, author="demo", note=note)
    process.review([one.digest for one in artefacts], approver="demo-reviewer", note=note)
    process.release({one.key: one.digest for one in artefacts}, by="demo-reviewer", note=note)


def _record(process: DecisionProcess, release: LiveRelease, documents: Sequence[Document], progress: Progress) -> None:
    clock = SystemClock()

    def events() -> Iterator[Event]:
        for number, document in enumerate(documents, start=1):
            yield release.reader.read(document, received_at=clock.now())
            if number % _CHUNK == 0:
                progress.advance(_CHUNK)

    process.record_events(events())
    progress.advance(len(documents) % _CHUNK)


def to_play(history: History) -> ToPlay:
    """The documents of what is still to come."""
    september = list(panel_documents(history.panel, PANEL_MONTHS[5:], history.last))
    now = SystemClock().now()
    start = Micros(now - len(history.to_come) * SECOND)
    return ToPlay(
        applications=list(application_documents(history.to_come, start=start, every=SECOND)),
        repayments=[one for one in september if one["event_type"] == "repayment"],
        statements=[one for one in september if one["event_type"] == "statement"],
        payments=history.payments.live,
        checkouts=history.checkouts.live,
        outcomes=[
            *outcome_documents(history.to_come, _of_others(history), known_at=now),
            *history.payments.live_outcomes,
            *history.checkouts.live_outcomes,
        ],
    )


def _of_others(history: History) -> pa.Table:
    """The accounts whose next month is told; that of the lines kept here is still to come, and their warnings wait."""
    mine = pc.is_in(history.panel["id"], pa.array(sorted(history.taken)))
    return history.panel.filter(pc.invert(mine))


def begin_learning(history: History, pool: Executor) -> dict[str, Future[Learned]]:
    """Train the four models in ``pool``, the first at once, the others when the lake holds the history."""
    # Half of what it takes to get here is loading the libraries of learning; nobody has to wait for them but it.
    from tandem.faces.demo.learning import learn_account_risk, learn_card_fraud, learn_checkout_fraud, learn_credit_risk

    folder, release = history.folder, history.release
    credit_risk = pool.submit(learn_credit_risk, history.applications, folder)
    known = _known(history)
    return {
        "credit_risk": credit_risk,
        "account_risk": pool.submit(learn_account_risk, known, release, folder, since=_month_of(history, "3")),
        "card_fraud": pool.submit(learn_card_fraud, known, release, folder),
        "checkout_fraud": pool.submit(learn_checkout_fraud, known, release, folder),
    }


def _take_over(
    process: DecisionProcess, definitions: Sequence[Artefact], panel: pa.Table, last: Day, progress: Progress
) -> dict[str, bool]:
    """Keep the credit of the accounts of ``panel`` from now on, with all that happened to it before.

    Returns:
        Account to whether it defaulted in the month after.
    """
    artefact = next(one for one in definitions if (one.kind, one.name) == ("product", "card_line"))
    product = parse_product({**artefact.body, "name": artefact.name})
    pseudonym = _pseudonym_by(process)
    taken = list(lines_of(panel, last, pseudonym))
    progress.step("take over card lines with their limits, draws and payments", len(taken))
    book = AccountBook(process, SystemClock())
    for start in range(0, len(taken), _LINES_AT_ONCE):
        some = taken[start : start + _LINES_AT_ONCE]
        requests = [request_of(one, product, artefact.digest, by="demo") for one in some]
        for done in book.write_all(requests):
            if isinstance(done, TandemError):
                raise done
        progress.advance(len(some))
    defaulted = {line_of(row["id"], pseudonym): row["defaulted"] == 1 for row in panel.to_pylist()}
    return {one.account: defaulted[one.account] for one in taken}


def _pseudonym_by(process: DecisionProcess) -> Callable[[EntityKind, str], Pseudonym]:
    return lambda kind, identifier: process.pseudonyms_of(identifier)[kind]


def _yesterday() -> Day:
    return SystemClock().now() // DAY - 1


def _month_of(history: History, month: str) -> str:
    """The first day on which an account was billed for ``month`` of the panel."""
    place = PANEL_MONTHS.index(month)
    first = min(panel_days(number, history.last)[place] for number in range(28))
    return days_to_date(first).isoformat()


def _known(history: History) -> pa.Table:
    """The history as the lake has it, with every feature as it was known at each event."""
    from tandem.learn.datasets import known_events

    lake = Lake(history.folder / HOME / "lake", clock=SystemClock())
    deadline = time.monotonic() + _LAKE_PATIENCE_S
    while lake.projected_seq < history.seq:
        if time.monotonic() > deadline:
            raise Unavailable("The lake does not take in what was recorded.", code="demo_lake")
        time.sleep(0.05)  # the one who waits for another process has nothing better to do
    types = [history.release.reader.event_types[name] for name in _TAUGHT_BY]
    return history.release.known.of_table(known_events(lake, types, up_to=history.seq))


def publish_learned(server: Server, history: History, learned: Sequence[Learned]) -> None:
    """Write the models into the workspace, and put them and the policies in force."""
    trained = [artefact for one in learned for artefact in one.artefacts]
    for artefact in trained:
        write_artefact(history.folder, ARTEFACT_FOLDERS[artefact.kind], artefact)
    naming = [one for one in history.definitions if one.kind in _WITH_MODELS]
    publish(server, [*trained, *naming], "models, policies, products and what to look for in the graph")
