"""Programmes and offers as documents."""

from __future__ import annotations

from collections import Counter

import msgspec

from tandem.act.offers import (
    AtRandom,
    ByUplift,
    InForce,
    Offer,
    OfferDesk,
    OfferEffect,
    Offers,
    Plan,
)
from tandem.faces.api.shapes.offers import (
    MyProgrammeOffer,
    OfferEffectFigure,
    OfferEffectShown,
    OfferPage,
    OfferPlan,
    OfferWords,
    ProgrammeOffer,
    ProgrammePage,
    ProgrammeShown,
    WhyNone,
)
from tandem.kernel.time import days_to_date, format_instant

__all__ = ["effect_shown", "my_offer", "offer_page", "offer_shown", "programme_page"]


def programme_page(desk: OfferDesk) -> ProgrammePage:
    """Every programme of the live release, by name."""
    states: dict[str, Counter[str]] = {}
    outcomes: dict[str, Counter[str]] = {}

    def count(offers: Offers) -> None:
        for one in offers:
            name = one.decided.programme
            states.setdefault(name, Counter())[one.state] += 1
            if one.closed is not None:
                outcomes.setdefault(name, Counter())[one.closed.outcome] += 1

    desk.look(count)
    return ProgrammePage(
        programmes=[
            _programme(one, states.get(name, Counter()), outcomes.get(name, Counter()), desk)
            for name, one in sorted(desk.programmes.all.items())
        ]
    )


def offer_page(offers: Offers, *, programme: str | None, state: str | None, after: str | None, limit: int) -> OfferPage:
    """The newest, of a programme and a state where they are named.

    Raises:
        NotFound: there is no offer ``after``.
    """
    if after is not None:
        offers.named(after)
    found, passed = [], after is None
    for one in offers.newest():
        if not passed:
            passed = one.decided.offer == after
            continue
        if (programme is None or one.decided.programme == programme) and (state is None or one.state == state):
            found.append(one)
            if len(found) > limit:
                break
    shown = found[:limit]
    return OfferPage(
        offers=[offer_shown(one) for one in shown],
        next=shown[-1].decided.offer if len(found) > limit else None,
    )


def offer_shown(one: Offer) -> ProgrammeOffer:
    """One decision, as it stands."""
    head, closed = one.decided, one.closed
    return ProgrammeOffer(
        offer_id=head.offer, programme=head.programme, kind=head.kind, account_id=head.account, owner=head.owner,
        product=head.product, currency=head.currency, decided_at=format_instant(one.at), until=_date(head.until),
        arm=head.arm, channel=head.channel, chosen_by=head.chosen_by, propensity=head.propensity,
        why=head.why, gain=head.gain, stake_minor=head.stake_minor, saving_minor=head.subject.saving_minor,
        plan=_plan(head.subject.plan), state=one.state, contact_id=one.contact, blocked_by=one.blocked,
        answer=None if one.answered is None else one.answered.answer,
        never=one.answered is not None and one.answered.never, outcome=None if closed is None else closed.outcome,
        share=None if closed is None else closed.share, paid_minor=None if closed is None else closed.paid_minor,
        late=None if closed is None else closed.late,
    )  # fmt: skip


def effect_shown(desk: OfferDesk, currency: str, effect: OfferEffect) -> OfferEffectShown:
    """What a programme did."""
    return OfferEffectShown(
        on=_date(desk.today()), currency=currency, people=effect.people, held_people=effect.held_people,
        decisions=effect.decisions, held_decisions=effect.held_decisions, told=effect.told, open=effect.open,
        figures=[msgspec.convert(msgspec.structs.asdict(one), OfferEffectFigure) for one in effect.figures],
    )  # fmt: skip


def my_offer(one: Offer, desk: OfferDesk) -> MyProgrammeOffer:
    """What a customer sees of an offer of theirs."""
    head = one.decided
    found = desk.programmes.all.get(head.programme)
    title = None if found is None else found.programme.title
    due = head.subject.due
    return MyProgrammeOffer(
        offer_id=head.offer, kind=head.kind,
        title=OfferWords(en=head.programme, zh=head.programme) if title is None else OfferWords(en=title.en, zh=title.zh),
        account_id=head.account, product=head.product, currency=head.currency, amount_minor=head.stake_minor,
        saving_minor=head.subject.saving_minor, due=None if due is None else _date(due),
        plan=_plan(head.subject.plan), until=_date(head.until),
        answer=None if one.answered is None else one.answered.answer,
        never=one.answered is not None and one.answered.never,
    )  # fmt: skip


def _programme(found: InForce, states: Counter[str], outcomes: Counter[str], desk: OfferDesk) -> ProgrammeShown:
    one, caps = found.programme, desk.programmes.caps
    way = one.choose
    return ProgrammeShown(
        name=one.name, digest=found.digest, kind=one.kind, title=OfferWords(en=one.title.en, zh=one.title.zh),
        description=one.description, products=list(one.products), when=one.when, purpose=one.purpose,
        channels=list(one.channels), hold_out=one.hold_out.share,
        propensities={str(name): share for name, share in way.propensities.items()} if isinstance(way, AtRandom) else None,
        model=way.model if isinstance(way, ByUplift) else None,
        least_gain=way.least_gain if isinstance(way, ByUplift) else None,
        caps_day=caps.day, caps_week=caps.week, caps_month=caps.month, quiet_days=one.quiet_days,
        again_days=one.again_days, answer_days=one.answer_days,
        into_product=None if one.into is None else one.into.product, into_term=None if one.into is None else one.into.term,
        states=dict(states), outcomes=dict(outcomes),
        why_none=[
            WhyNone(why=why, accounts=count)
            for why, count in sorted(desk.why_not.get(one.name, {}).items(), key=lambda each: (-each[1], each[0]))
        ],
    )  # fmt: skip


def _plan(plan: Plan | None) -> OfferPlan | None:
    return None if plan is None else OfferPlan(**msgspec.structs.asdict(plan))


def _date(day: int) -> str:
    return days_to_date(day).isoformat()
