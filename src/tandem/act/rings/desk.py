"""The ring desk: rings of a workspace, looked for by itself, listed, shown, and put on lists and taken off again."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from tandem.act.rings.book import RingBook
from tandem.act.rings.changes import SYSTEM, CaseOpened, Dismissed, ListedEntry, Returned, RingChange, Seen
from tandem.act.rings.finders import Finder
from tandem.act.rings.finding import Found, Limits, find_rings
from tandem.act.rings.folding import Action, Ring, Rings
from tandem.act.rings.following import follow, new_ring_id
from tandem.act.rings.lake_reading import sightings_from
from tandem.act.rings.listing import Lister
from tandem.act.rings.picture import Picture, take_picture
from tandem.act.rings.portrait import Figures, Portrait, base_rate, figures_of, portrait_of
from tandem.act.rings.radius import Asked, Radius, deserving, radius_of
from tandem.act.rings.reading import finders_of
from tandem.act.rings.sightings import BAD, Ints
from tandem.act.rings.watching import Deserved, Newest
from tandem.decide.decisions import DecisionProcess, LiveRelease
from tandem.kernel.canonical import digest_of
from tandem.kernel.errors import Conflict, InvalidInput, NotFound, TandemError, Unavailable
from tandem.kernel.identity import Digest, Entropy, Pseudonym, SystemEntropy
from tandem.kernel.time import Clock, Micros, parse_duration
from tandem.observe.graph import GraphPlan
from tandem.observe.lake import Lake

__all__ = ["Looked", "RingDesk", "RingOrder", "RingView", "Shown", "Sight", "StateAsked", "check_rings", "limits_of"]

StateAsked: TypeAlias = Literal["living", "open", "listed", "dismissed", "ended", "all"]
RingOrder: TypeAlias = Literal["score", "size", "newest", "loss"]

_LOG = logging.getLogger(__name__)
_LOOK_S: Final = 0.1
_AFTER_A_FAULT_S: Final = 5.0
_NICE: Final = 10
_RETURNS_AT: Final = 1.5
"""A ring that was dismissed is looked at again when it is so many times as large."""


@dataclass(frozen=True)
class Sight:
    """What one look found, by one finder; does not change.

    Attributes:
        seq: place of the journal that it is of; as_of: when it was looked.
        places: ring id to its place in ``found``.
    """

    finder: Finder
    plan: GraphPlan
    picture: Picture
    found: Found
    figures: dict[str, Figures]
    places: dict[str, int]
    seq: int
    as_of: Micros


@dataclass(frozen=True)
class Looked:
    """What a look came to."""

    as_of: Micros
    seq: int
    took_ms: float
    applications: int
    members: int
    rings: int
    changes: dict[str, int]


@dataclass(frozen=True)
class Shown:
    """A ring in a listing; ``figures`` is None where the last look did not find it."""

    ring: Ring
    figures: Figures | None
    rank: int
    member_kind: str
    graph: str


@dataclass(frozen=True)
class RingView:
    """A ring with all there is to look at; ``portrait`` is None where the last look did not find it."""

    shown: Shown
    sight: Sight | None
    portrait: Portrait | None
    cells: Ints


OpenCase: TypeAlias = Callable[[str, Sequence[int], int | None, str], str]
"""Opens a case about a ring: its id, places of decisions about its members, the money at stake, by whom; the case's id."""


class RingDesk:
    """Safe to call from several threads.

    Between ``start`` and ``stop`` it looks for rings by itself, in a thread that gives way to everything else; else it
    looks when it is first asked.

    Args:
        process: the one writer; lake: where sightings come from.
        followed: whether another process keeps the lake up to date; else it is brought up to date before each look.
        open_case: how a case is opened; None where there are none.
    """

    def __init__(
        self,
        process: DecisionProcess,
        lake: Lake,
        *,
        clock: Clock,
        entropy: Entropy | None = None,
        followed: bool = False,
        open_case: OpenCase | None = None,
    ) -> None:
        self._process = process
        self._lake = lake
        self._clock = clock
        self._followed = followed
        self._open_case = open_case
        self._book = RingBook(process, clock)
        self._lister = Lister(process, self._book, clock, entropy if entropy is not None else SystemEntropy())
        self._looking = threading.Lock()
        self._sights: dict[str, Sight] = {}
        self._newest: dict[str, Newest] = {}
        self._known: tuple[LiveRelease | None, list[tuple[Finder, GraphPlan]]] = (None, [])
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    # -- running by itself -------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Look for rings as often as their definitions say, and follow labels, in a thread of its own."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="ring-desk", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish what is at hand."""
        if self._thread is not None:
            self._stopping.set()
            self._thread.join()
            self._thread = None

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Started, and stopped at the end."""
        self.start()
        try:
            yield
        finally:
            self.stop()

    def finish(self) -> None:
        """Do what was written down and not done, as after a crash.

        Raises:
            Unavailable: the journal does not take it now.
        """
        self._lister.finish()

    def follow_labels(self) -> int:
        """Take in what came since the last look, and do what the automatic rule asks for; how many identifiers it put on lists.

        Raises:
            Unavailable: the journal does not take it now; the next call goes on.
        """
        live = self._process.live
        if live is None:
            return 0
        done = 0
        for sight in list(self._sights.values()):
            if sight.finder.automatic != "act":
                continue
            newest = self._newest[sight.finder.name]
            done += self._act(sight, newest.follow(self._process.journal, live))
        return done

    # -- looking ---------------------------------------------------------------------------------------------------

    @property
    def finders(self) -> list[tuple[Finder, GraphPlan]]:
        """The definitions of the live release, each with its graph; none where they do not hold together."""
        live = self._process.live
        known, finders = self._known
        if live is not known:
            finders = _or_none(live)
            self._known = (live, finders)
        return finders

    def refresh(self, name: str | None = None) -> Looked:
        """Look again now, by the finder of that name or by all.

        Raises:
            NotFound: no such finder in the live release.
            Unavailable: lake or journal do not answer.
        """
        wanted = [one for one in self.finders if name in {None, one[0].name}]
        if name is not None and not wanted:
            raise NotFound(
                "There is no such definition of rings.",
                code="unknown_finder",
                field="finder",
                value=name,
                hint="in the live release: " + (", ".join(one.name for one, _ in self.finders) or "none"),
            )
        started = self._clock.monotonic_ns()
        with self._looking:
            counted: dict[str, int] = {}
            sights = [self._look(finder, plan, counted) for finder, plan in wanted]
        return Looked(
            as_of=self._clock.now(),
            seq=max((one.seq for one in sights), default=0),
            took_ms=(self._clock.monotonic_ns() - started) / 1_000_000,
            applications=sum(len(one.picture.sightings) for one in sights),
            members=sum(len(one.picture.heat) for one in sights),
            rings=sum(len(one.places) for one in sights),
            changes=counted,
        )

    def page(
        self,
        *,
        finder: str | None = None,
        state: StateAsked = "living",
        order: RingOrder = "score",
        smallest: int = 0,
        text: str | None = None,
    ) -> list[Shown]:
        """Rings that match, in the order asked for.

        Args:
            text: the id of a ring or of its case, or the pseudonym of a member.
        """
        self._look_if_never()
        with self._book.lock:
            rings = self._book.rings
            ranks = self._ranks()
            found = [
                self._shown(ring, ranks)
                for ring in rings
                if finder in {None, ring.finder}
                and _state_fits(ring, state)
                and len(ring.members) >= smallest
                and (not text or ring.ring_id == text or text in ring.members or text == ring.case_id)
            ]
        return sorted(found, key=lambda one: (_place_in(one, order), one.ring.ring_id))

    def sights(self) -> list[Sight]:
        """What the last look of each finder found."""
        return list(self._sights.values())

    def as_of(self) -> tuple[Micros | None, int]:
        """When it was last looked, and of which place of the journal."""
        sights = list(self._sights.values())
        return max((one.as_of for one in sights), default=None), max((one.seq for one in sights), default=0)

    def ring(self, ring_id: str) -> RingView:
        """One ring with all there is to look at.

        Raises:
            NotFound: there is none.
        """
        self._look_if_never()
        with self._book.lock:
            ring = _named(self._book.rings, ring_id)
            shown = self._shown(ring, self._ranks())
        sight = self._sights.get(ring.finder)
        place = None if sight is None else sight.places.get(ring_id)
        if sight is None or place is None:
            return RingView(shown, sight, None, np.zeros(0, dtype=np.int64))
        members = sight.found.rings[place]
        return RingView(shown, sight, portrait_of(sight.picture, members, sight.finder), sight.found.cells[place])

    # -- acting ----------------------------------------------------------------------------------------------------

    def radius(self, ring_id: str, asked: Asked, *, expires_after: str | None = None) -> tuple[Radius, Digest, Micros]:
        """Who would be hit, what to send along when it is to be done, and until when entries would stand.

        Raises:
            NotFound: no such ring. Conflict: the last look did not find it.
        """
        self._look_if_never()
        with self._book.lock:
            ring = _named(self._book.rings, ring_id)
        sight = self._sights.get(ring.finder)
        place = None if sight is None else sight.places.get(ring_id)
        if sight is None or place is None:
            raise Conflict(
                "The ring is there no more.",
                code="ring_gone",
                field="ring_id",
                value=ring_id,
                hint=f"it went into {ring.merged_into}" if ring.merged_into else "look at the list of rings again",
            )
        live = self._process.live
        lists = {} if live is None else live.lists
        radius = radius_of(
            sight.picture,
            sight.found.rings[place],
            sight.finder,
            asked,
            member_kind=sight.plan.graph.member,
            blocks={name for name, one in lists.items() if one.kind == "block"},
            on_list=lambda name, entity: name in lists and self._lister.stands(name, entity),
        )
        lasts = sight.finder.expires_after if expires_after is None else _duration(expires_after)
        return radius, _seen(ring_id, radius), Micros(self._clock.now() + lasts)

    def put_on_lists(
        self,
        ring_id: str,
        asked: Asked,
        *,
        seen: str,
        reason: str,
        by: str,
        expires_after: str | None = None,
    ) -> Action:
        """Do what a radius showed.

        Raises:
            Conflict: somebody else would be hit by now than was seen.
            InvalidInput: there is nothing to do.
            NotFound: no such ring.
        """
        radius, now, expires_at = self.radius(ring_id, asked, expires_after=expires_after)
        if now != seen:
            raise Conflict(
                "Others would be hit by now than were shown.",
                code="radius_changed",
                field="seen",
                value=seen,
                hint="look at the radius again",
            )
        action = self._lister.put(ring_id, radius.entries, reason=reason, expires_at=expires_at, by=by)
        with self._book.lock:
            return _named(self._book.rings, ring_id).actions[action]

    def take_back(self, ring_id: str, action_id: str, *, reason: str, by: str) -> tuple[Action, int, int]:
        """Take off exactly what an action put on; with how many went and how many stay, being others' by now.

        Raises:
            NotFound: no such ring or action. Conflict: it was taken back already.
        """
        removed, kept = self._lister.take_back(ring_id, action_id, reason=reason, by=by)
        with self._book.lock:
            return _named(self._book.rings, ring_id).actions[action_id], removed, kept

    def dismiss(self, ring_id: str, *, reason: str, by: str) -> None:
        """Say that a ring is no fraud; it comes back when it grows by a half.

        Raises:
            NotFound: no such ring. Conflict: it is dismissed, or over.
        """

        def dismissed(rings: Rings) -> list[RingChange]:
            ring = _named(rings, ring_id)
            if ring.state in {"dismissed", "ended"}:
                raise Conflict(f"The ring is {ring.state} already.", code="ring_state", field="ring_id", value=ring_id)
            return [Dismissed(ring=ring_id, by=by, reason=reason)]

        self._book.write(dismissed)

    def open_case(self, ring_id: str, *, by: str) -> str:
        """Open a case about a ring, or name the one there is.

        Raises:
            NotFound: no such ring. Conflict: nothing was decided about its members, or the last look did not find it.
            Unavailable: this process opens no cases.
        """
        view = self.ring(ring_id)
        if view.shown.ring.case_id is not None:
            return view.shown.ring.case_id
        if self._open_case is None:
            raise Unavailable("No cases are opened by this process.", code="cases_off")
        case = self._case_about(view.shown.ring, by)
        if case is None:
            raise Conflict(
                "Nothing was decided about its members of late.", code="nothing_decided", field="ring_id", value=ring_id
            )
        return case

    def standing(self, ring: Ring, action: Action, entry: ListedEntry) -> str:
        """How an entry of an action stands now: ``in_force``, ``expired``, ``removed`` or ``replaced``."""
        return self._lister.standing(ring, action, entry)

    def on_list(self, name: str, entity: Pseudonym) -> bool:
        """Whether ``entity`` is on a list of the live release now."""
        live = self._process.live
        return live is not None and name in live.lists and self._lister.stands(name, entity)

    def story(self, ring_id: str) -> Ring:
        """The ring as the journal has it.

        Raises:
            NotFound: there is none.
        """
        with self._book.lock:
            return _named(self._book.rings, ring_id)

    # -- inside --------------------------------------------------------------------------------------------------

    def _look_if_never(self) -> None:
        if all(finder.name in self._sights for finder, _ in self.finders):
            return
        try:
            self.refresh()
        except Unavailable as error:
            if error.code != "lake_behind":
                raise  # what the journal knows of rings can be told without a look

    def _look(self, finder: Finder, plan: GraphPlan, counted: dict[str, int]) -> Sight:
        live = self._process.live
        if not self._followed and live is not None:
            with contextlib.suppress(Conflict):  # somebody is at it already
                self._lake.project(self._process.journal, live.reader)
        sightings, seq = sightings_from(self._lake, plan, finder)
        picture = take_picture(sightings, plan.graph.links)
        picture.prepare()
        found = find_rings(picture, limits_of(finder))
        names = [sightings.members_at(ring) for ring in found.rings]
        by_first = {frozenset(one): place for place, one in enumerate(names)}
        places: dict[str, int] = {}

        def changes(rings: Rings) -> list[RingChange]:
            if seq < rings.looked_at.get(finder.name, 0):
                raise Unavailable(
                    "The lake has not yet come to where rings were last looked for.",
                    code="lake_behind",
                    hint="ask again",
                )
            earlier = {one.ring_id: tuple(one.members) for one in rings.living(finder.name).values()}
            told: list[RingChange] = []
            for one in follow(earlier, names, finder=finder.name, seq=seq):
                if one.members:
                    places[one.ring] = by_first[frozenset(one.members)]
                if one.what is None:
                    continue
                counted[one.what] = counted.get(one.what, 0) + 1
                told.append(
                    Seen(
                        ring=one.ring,
                        by=SYSTEM,
                        finder=finder.name,
                        what=one.what,
                        looked_at=seq,
                        at=picture.at,
                        joined=one.joined,
                        left=one.left,
                        others=one.others,
                    )
                )
                known = rings.get(one.ring)
                if (
                    known is not None
                    and known.dismissed_size
                    and len(one.members) >= _RETURNS_AT * known.dismissed_size
                ):
                    told.append(Returned(ring=one.ring, by=SYSTEM))
            return told

        self._book.write(changes)
        rate = base_rate(picture)
        hot = limits_of(finder).hot
        figures = {
            ring: figures_of(picture, found.rings[place], found.cells[place], finder, hot, rate)
            for ring, place in places.items()
        }
        sight = Sight(finder, plan, picture, found, figures, places, seq, self._clock.now())
        self._newest[finder.name] = Newest(finder, plan, picture, seq, hot)
        self._sights[finder.name] = sight
        self._after_a_look(sight)
        return sight

    def _after_a_look(self, sight: Sight) -> None:
        """What the definition asks for by itself: cases, and the automatic rule over all there is."""
        finder = sight.finder
        if finder.case_from is not None and self._open_case is not None:
            with self._book.lock:
                wanted = [
                    ring
                    for ring in self._book.rings.living(finder.name).values()
                    if ring.case_id is None and ring.state != "dismissed" and len(ring.members) >= finder.case_from
                ]
            for ring in wanted:
                self._case_about(ring, SYSTEM)
        if finder.automatic == "act":
            self._act(sight, self.proposed(sight))

    def proposed(self, sight: Sight, among: Ints | None = None) -> list[Deserved]:
        """Identifiers that the automatic rule would block, by the last look."""
        picture, sightings = sight.picture, sight.picture.sightings
        found = []
        for thing in deserving(picture, sight.finder, limits_of(sight.finder).hot, among).tolist():
            users = picture.member[picture.links_with(thing)]
            frauds = sightings.members_at(users[picture.known[users] == BAD])
            found.append(Deserved(sightings.kind_of(thing), sightings.identifier_named(thing), sorted(frauds)))
        return found

    def _act(self, sight: Sight, deserved: Sequence[Deserved]) -> int:
        """Block what deserves it, in the name of the ring that its frauds are in; what was taken back once is left alone."""
        finder, done = sight.finder, 0
        for one in deserved:
            name = finder.lists.identifiers[one.kind]
            with self._book.lock:
                rings = self._book.rings
                if (name, one.identifier) in rings.named or not self._may_list(name, one.identifier):
                    continue
                homes = (rings.with_member(finder.name, fraud) for fraud in one.frauds)
                home = next((ring for ring in homes if ring is not None), None)
            ring_id = self._born_of(sight, one) if home is None else home.ring_id
            self._lister.put(
                ring_id,
                [ListedEntry(list=name, kind=str(one.kind), entity=one.identifier)],
                reason=f"{len(one.frauds)} known frauds used this {one.kind}",
                expires_at=Micros(self._clock.now() + finder.expires_after),
                by=SYSTEM,
                automatic=True,
            )
            done += 1
        return done

    def _may_list(self, name: str, entity: Pseudonym) -> bool:
        live = self._process.live
        return live is not None and name in live.lists and not self._lister.stands(name, entity)

    def _born_of(self, sight: Sight, one: Deserved) -> str:
        """A ring of known frauds that no look has found yet; the next look goes on with it."""
        seq = int(self._process.journal.head.seq)
        ring = new_ring_id(sight.finder.name, seq, one.frauds)
        born = Seen(
            ring=ring,
            by=SYSTEM,
            finder=sight.finder.name,
            what="born",
            looked_at=seq,
            at=sight.picture.at,
            joined=tuple(one.frauds),
        )
        self._book.write(lambda _rings: [born])
        return ring

    def _case_about(self, ring: Ring, by: str) -> str | None:
        sight = self._sights.get(ring.finder)
        place = None if sight is None else sight.places.get(ring.ring_id)
        if sight is None or place is None or self._open_case is None:
            return None
        sightings = sight.picture.sightings
        rows = sight.picture.last_row[sight.found.rings[place]]
        rows = np.sort(rows[(rows >= 0) & (sightings.outcome[np.maximum(rows, 0)] >= 0)])
        if not len(rows):
            return None
        # A decision stands right behind its event.
        decisions = [int(seq) + 1 for seq in sightings.seq[rows]]
        stake = sight.figures[ring.ring_id].at_stake_minor
        case = self._open_case(ring.ring_id, decisions, stake, by)
        self._book.write(lambda _rings: [CaseOpened(ring=ring.ring_id, by=by, case=case)])
        return case

    def _ranks(self) -> dict[str, int]:
        scored = [(-figures.score, ring) for sight in self._sights.values() for ring, figures in sight.figures.items()]
        return {ring: rank for rank, (_, ring) in enumerate(sorted(scored), 1)}

    def _shown(self, ring: Ring, ranks: dict[str, int]) -> Shown:
        sight = self._sights.get(ring.finder)
        graph = next((plan.graph for finder, plan in self.finders if finder.name == ring.finder), None)
        return Shown(
            ring=ring,
            figures=None if sight is None else sight.figures.get(ring.ring_id),
            rank=ranks.get(ring.ring_id, len(ranks) + 1),
            member_kind="" if graph is None else str(graph.member),
            graph="" if graph is None else graph.name,
        )

    def _run(self) -> None:
        with contextlib.suppress(OSError, AttributeError):  # where the system lets a single thread give way
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
        finished = False
        while not self._stopping.is_set():
            try:
                if not finished:
                    self.finish()
                    finished = True
                for finder, _ in self.finders:
                    sight = self._sights.get(finder.name)
                    if sight is None or self._clock.now() - sight.as_of >= finder.every or sight.finder != finder:
                        self.refresh(finder.name)
                self.follow_labels()
            except Unavailable:
                self._stopping.wait(_AFTER_A_FAULT_S)
            except Exception:  # noqa: BLE001 - the desk goes on: what could not be done stays to be done
                _LOG.exception("Rings could not be looked for; it is tried again in a moment")
                self._stopping.wait(_AFTER_A_FAULT_S)
            self._stopping.wait(_LOOK_S)


def limits_of(finder: Finder) -> Limits:
    """How ``finder`` looks. What was judged hot is hot whatever a score says, so it is as hot as known fraud."""
    score = finder.hot.score
    return Limits(
        hot=1.0 if score is None else score.at_least,
        smallest=finder.smallest,
        shares=finder.shares,
        dense=finder.dense,
        cells_above=finder.cells_above,
        household=finder.household,
    )


def check_rings(live: LiveRelease) -> None:
    """Refuse a release whose definitions of rings do not hold together.

    Raises:
        DefinitionError: the first fault; ``at`` says where.
    """
    finders_of(live)


def _or_none(live: LiveRelease | None) -> list[tuple[Finder, GraphPlan]]:
    if live is None:
        return []
    try:
        return finders_of(live)
    except TandemError as error:  # released by a version that did not check it
        _LOG.warning("The definitions of rings of the live release cannot be used: %s", error)
        return []


def _seen(ring_id: str, radius: Radius) -> Digest:
    """Of who would be hit: another digest, another radius."""
    return digest_of(
        [
            ring_id,
            sorted([one.list, one.entity, one.strength] for one in radius.entries),
            len(radius.members),
            len(radius.others),
            len(radius.good),
        ]
    )


def _place_in(one: Shown, order: RingOrder) -> int:
    if order == "size":
        return -len(one.ring.members)
    if order == "newest":
        return -int(one.ring.born_at)
    if order == "loss":
        return -((one.figures.at_stake_minor or 0) if one.figures is not None else 0)
    return one.rank


def _state_fits(ring: Ring, asked: StateAsked) -> bool:
    if asked == "all":
        return True
    return ring.state not in {"ended", "dismissed"} if asked == "living" else ring.state == asked


def _duration(text: str) -> int:
    found = parse_duration(text)
    if not 0 < found < 2**53:
        raise InvalidInput("Longer than nothing is needed.", code="invalid_duration", field="expires_after", value=text)
    return found


def _named(rings: Rings, ring_id: str) -> Ring:
    ring = rings.get(ring_id)
    if ring is None:
        raise NotFound("No ring has this id.", code="unknown_ring", field="ring_id", value=ring_id)
    return ring
