"""Collections as the documents that travel."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

import msgspec

from tandem.act.collections import (
    BUILT_IN,
    Action,
    Agency,
    Block,
    BlockedOnce,
    Choice,
    CollectionsDesk,
    Customer,
    Files,
    Happened,
    InForce,
    Judged,
    Limits,
    Option,
    Report,
    Rule,
    RuleSet,
    Strategy,
    Words,
    WorkItem,
    masked,
)
from tandem.act.collections import Blocked as BlockedVerdict
from tandem.act.products import Day
from tandem.faces.api.shapes.collections import (
    ActionShown,
    AgencyFigures,
    AgencyShown,
    BlockedPage,
    BlockedShown,
    BlockShown,
    ChannelFigures,
    ChoiceShown,
    ConductPage,
    ConductRuleShown,
    ConductSetShown,
    ContactAnswer,
    CustomerShown,
    DisputeShown,
    HistoryShown,
    HoursAgreed,
    MoneyFigures,
    OfferStanding,
    OptionShown,
    PersonFigures,
    PointShown,
    PromiseFigures,
    PromiseShown,
    RankedShown,
    ReportShown,
    RuleFigures,
    SituationShown,
    WorkPage,
    WorkShown,
)
from tandem.faces.api.shapes.vocabulary import TwoTongues
from tandem.kernel.time import Micros, days_to_date, format_instant

__all__ = [
    "blocked_page",
    "blocks_shown",
    "conduct_page",
    "contact_answer",
    "customer_shown",
    "report_shown",
    "work_page",
]

_SAID_ELSEWHERE: Final = frozenset({"rule", "title", "source", "since", "until", "channels"})


def work_page(desk: CollectionsDesk, items: Iterable[WorkItem]) -> WorkPage:
    """What waits for somebody."""
    shown = [
        WorkShown(
            account_id=one.work.account, owner_kind=one.work.owner_kind, owner=one.work.debtor, product=one.work.product,
            currency=one.work.currency, entered_on=_day(one.work.entered), taken_by=one.work.taken_by,
            days_past_due=one.situation.days_past_due, due_minor=one.situation.due_minor,
            balance_minor=one.situation.balance_minor, action=_action(one.choice.action), segment=one.choice.segment,
            expected_minor=one.expected_minor, assumed=one.assumed, per_hour_minor=one.per_hour_minor,
            blocked_by=one.blocked_by, until=_instant(one.until),
        )
        for one in items
    ]  # fmt: skip
    in_all = desk.look(lambda files: sum(one.is_in for one in files.work.values()))
    return WorkPage(work=shown, waiting=len(shown), in_all=in_all, strategies=len(desk.rulebook.now.strategies))


def customer_shown(desk: CollectionsDesk, found: Customer) -> CustomerShown:
    """Everything a collector needs of one account."""
    account, work, file, one = found.account, found.work, found.file, found.situation
    strategy = desk.rulebook.now.by_product.get(work.product)
    limits = Limits() if strategy is None else strategy.limits
    rules = desk.rulebook.rules_for(work.product)
    shelved = desk.lending.shelf.products.get(work.product)
    today = desk.today()
    hours = file.agreed_hours
    return CustomerShown(
        account_id=account.account_id, owner_kind=work.owner_kind, owner=work.debtor, product=work.product,
        product_title=None if shelved is None else TwoTongues(en=shelved.product.title.en, zh=shelved.product.title.zh),
        currency=work.currency, is_in=work.is_in, why_left=work.why_left, entered_on=_day(work.entered),
        taken_by=work.taken_by, agency=work.agency,
        situation=msgspec.convert(msgspec.to_builtins(one), SituationShown),
        choice=_choice(found.choice, strategy),
        options=[_option(each) for each in found.options],
        marks=sorted(file.marks), timezone=file.zone, language=file.language,
        agreed_hours=None if hours is None else HoursAgreed(starts=hours.starts, ends=hours.ends),
        off=sorted(file.off), consents=sorted(file.consents),
        points=[
            PointShown(
                point=each.point, kind=each.kind, whose=each.whose, name=found.values[each.point].name,
                relation=found.values[each.point].relation, masked=_masked(each.kind, found.values[each.point].value),
                invalid=each.invalid, opted_out=each.opted_out, refused=each.refused,
            )
            for each in file.points.values()
        ],
        promises=[
            PromiseShown(
                promise_id=each.promise, amount_minor=each.amount_minor, due=_day(each.due), made_on=_day(each.made),
                by=each.by, outcome=each.outcome, paid_minor=each.paid_minor,
            )
            for each in reversed(work.promises)
        ],
        offers=[
            OfferStanding(
                offer_id=each.offer, kind=each.kind, amount_minor=each.amount_minor, count=each.count,
                rate_bps=each.rate_bps, until=_day(each.until), made_on=_day(each.made), made_by=each.by, outcome=each.outcome,
            )
            for each in reversed(work.offers)
        ],
        disputes=[
            DisputeShown(dispute_id=each.dispute, on=_day(each.day), upheld=each.upheld) for each in reversed(work.disputes)
        ],
        history=[_history(each) for each in found.history], others=list(found.others),
        today=_day(today), promise_until=_day(today + limits.promise_days),
        settle_least_minor=-(-one.balance_minor * round(limits.settle_least_share * 10_000) // 10_000),
        restructure_most=limits.restructure_most,
        agencies=[] if rules is None else [each.agency for each in rules.agencies],
    )  # fmt: skip


def blocks_shown(blocks: Iterable[Block]) -> list[BlockShown]:
    """Rules that stand against a contact."""
    return [
        BlockShown(
            rule=one.rule, title=_words(one.title), source=_words(one.source), until=_instant(one.until), because=one.because
        )
        for one in blocks
    ]  # fmt: skip


def contact_answer(judged: Judged, files: Files) -> ContactAnswer:
    """What came of wanting a contact."""
    if isinstance(judged.verdict, BlockedVerdict):
        return ContactAnswer(contact_id=judged.contact, state="blocked", blocks=blocks_shown(judged.verdict.blocks))
    return ContactAnswer(contact_id=judged.contact, state=files.contacts[judged.contact].state, blocks=[])


def conduct_page(found: InForce, files: Files, today: date) -> ConductPage:
    """The rule sets in force, and what each rule kept back."""
    sets = []
    for rules in found.rules.values():
        strategies = [name for name, one in found.strategies.items() if one.conduct == rules.name]
        sets.append(
            ConductSetShown(
                name=rules.name, title=_words(rules.title), country=rules.country, timezones=list(rules.zones),
                strategies=strategies, rules=[_rule(one, files, today, used=bool(strategies)) for one in rules.rules],
                agencies=[_agency(one, rules, today) for one in rules.agencies],
            )
        )  # fmt: skip
    sets.sort(key=lambda one: (not one.strategies, one.name))
    return ConductPage(sets=sets, blocked=files.blocked_by.total())


def blocked_page(files: Files, rule: str | None, limit: int) -> BlockedPage:
    """Contacts that were not made, newest first."""
    found: list[BlockedOnce] = []
    for one in reversed(files.blocked):
        if rule is None or one.change.rule == rule:
            found.append(one)
        if len(found) == limit:
            break
    return BlockedPage(
        blocked=[
            BlockedShown(
                seq=one.seq, at=format_instant(one.at), contact_id=one.change.contact, account_id=one.change.about.account,
                by=one.change.by, channel=one.change.about.channel, step=one.change.about.step,
                purpose=one.change.about.purpose, blocks=blocks_shown(one.change.blocks),
            )
            for one in found
        ]
    )  # fmt: skip


def report_shown(found: Report, first: Day, last: Day, in_force: InForce) -> ReportShown:
    """The supervisor's figures."""
    titles = {one.rule: one.title for rules in in_force.rules.values() for one in rules.rules} | BUILT_IN
    return ReportShown(
        first=_day(first), last=_day(last), accounts=found.accounts, left_paid=found.left_paid, contacts=found.contacts,
        money=[
            MoneyFigures(currency=currency, recovered_minor=minor, per_contact_minor=found.per_contact_minor.get(currency))
            for currency, minor in sorted(found.recovered_minor.items())
        ],
        channels=[msgspec.convert(msgspec.to_builtins(one), ChannelFigures) for one in found.channels],
        blocked=[
            RuleFigures(rule=rule, title=_words(titles.get(rule, Words(rule, rule))), count=count)
            for rule, count in found.blocked
        ],
        promises=msgspec.convert(msgspec.to_builtins(found.promises), PromiseFigures),
        people=[msgspec.convert(msgspec.to_builtins(one), PersonFigures) for one in found.people],
        agencies=[msgspec.convert(msgspec.to_builtins(one), AgencyFigures) for one in found.agencies],
    )  # fmt: skip


# -- inside ------------------------------------------------------------------------------------------------------


def _action(one: Action) -> ActionShown:
    return ActionShown(
        step=one.step, channel=one.channel, template=one.template, cost_minor=one.cost_minor, minutes=one.minutes
    )


def _choice(one: Choice, strategy: Strategy | None) -> ChoiceShown:
    segments = () if strategy is None else strategy.segments
    title = next((each.title for each in segments if each.segment == one.segment), None)
    return ChoiceShown(
        action=_action(one.action), chosen_by=one.chosen_by, segment=one.segment,
        segment_title=None if title is None else _words(title), expected_minor=one.expected_minor, propensity=one.propensity,
        ranked=[
            RankedShown(action=_action(each.action), expected_minor=each.expected_minor, blocked_by=each.blocked_by)
            for each in one.ranked
        ],
    )  # fmt: skip


def _option(one: Option) -> OptionShown:
    return OptionShown(
        action=_action(one.action), point=one.point, blocks=[] if one.verdict is None else blocks_shown(one.verdict.blocks),
        until=_instant(one.until), subject=one.subject, script=one.script,
    )  # fmt: skip


def _history(one: Happened) -> HistoryShown:
    change: Any = one.change
    about = getattr(change, "about", change)
    told = {
        name: getattr(about, name, None)
        for name in ("channel", "step", "whose", "kind", "agency")
        if getattr(about, name, None) is not None
    }
    for name in ("contact", "state", "why", "amount_minor", "count", "outcome", "mark", "on", "to", "minutes"):
        value = getattr(change, name, None)
        if value not in (None, ""):
            told[name] = value
    due = getattr(change, "due", None) or getattr(change, "until", None)
    if isinstance(due, int):
        told["due"] = _day(due)
    if hasattr(change, "choice"):
        told["step"], told["channel"] = change.choice.action.step, change.choice.action.channel
    return HistoryShown(
        seq=one.seq, at=format_instant(one.at), what=msgspec.to_builtins(change)["change"], by=change.by,
        blocks=blocks_shown(getattr(change, "blocks", ())), erased=one.erased,
        subject=None if one.sealed is None else one.sealed.subject, text=None if one.sealed is None else one.sealed.text,
        **told,
    )  # fmt: skip


def _rule(one: Rule, files: Files, today: date, *, used: bool) -> ConductRuleShown:
    document = msgspec.to_builtins(one)
    says = {
        name: _plain(value)
        for name, value in document.items()
        if name not in _SAID_ELSEWHERE | {"kind", "purposes"} and value not in (None, [], {}, ())
    }
    return ConductRuleShown(
        rule=one.rule, kind=document["kind"], title=_words(one.title), source=_words(one.source),
        since=one.since.isoformat(), until=None if one.until is None else one.until.isoformat(),
        holds=one.since <= today and (one.until is None or today < one.until), channels=list(one.channels), says=says,
        blocked=files.blocked_by[one.rule] if used else 0,
    )  # fmt: skip


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}: {', '.join(them)}" for name, them in value.items() if them)
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _agency(one: Agency, rules: RuleSet, today: date) -> AgencyShown:
    rated = max((each for each in one.rated if each.on <= today), key=lambda each: each.on, default=None)
    within = [getattr(each, "rated_within_days", None) for each in rules.on(today)]
    days = next((each for each in within if each is not None), None)
    approved = one.approved <= today < one.until
    in_time = days is None or (rated is not None and (today - rated.on).days <= days)
    return AgencyShown(
        agency=one.agency, title=_words(one.title), approved=one.approved.isoformat(), until=one.until.isoformat(),
        rated_on=None if rated is None else rated.on.isoformat(), score=None if rated is None else rated.score,
        usable=approved and in_time,
    )  # fmt: skip


def _masked(kind: Any, value: str | None) -> str | None:
    return None if value is None else masked(kind, value)


def _words(one: Any) -> TwoTongues:
    return TwoTongues(en=one.en, zh=one.zh)


def _day(day: Day) -> str:
    return days_to_date(day).isoformat()


def _instant(at: Micros | None) -> str | None:
    return None if at is None else format_instant(at)
