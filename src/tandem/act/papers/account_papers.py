"""Statements and payoff quotes as papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tandem.act.papers.speaking import Speaker
from tandem.act.papers.types import Block, Heading, Pairs, Paper, Paragraph, Table
from tandem.act.papers.typesetting import covered
from tandem.act.products import Words
from tandem.act.statements import Balances, PayoffQuote, PlanStatement, Statement
from tandem.decide.letters import Language
from tandem.kernel.time import Micros

__all__ = ["payoff_paper", "statement_paper"]

_PARTS = ("principal", "interest", "fee", "penalty", "waiting")


def statement_paper(
    found: Statement, *, title: Words, references: Mapping[str, str], lender: str | None, language: Language
) -> Paper:
    """A statement as a paper, made when it was known.

    Args:
        title: of the product. references: of each plan, for payments. lender: by name, if known.
    """
    say = Speaker(language, found.currency)
    name = title.en if language == "en" else title.zh
    return Paper(
        language=language,
        title=say("statement"),
        lead=f"{name} · {found.account_id}",
        made_at=found.known_at,
        footer=" · ".join([*([lender] if lender else []), name, found.account_id]),
        blocks=tuple(_statement_blocks(say, found, references, lender)),
    )


def _statement_blocks(
    say: Speaker, found: Statement, references: Mapping[str, str], lender: str | None
) -> Iterator[Block]:
    about = [
        (say("account"), str(found.account_id)),
        (say("borrower"), say("known_as", pseudonym=found.owner)),
        (say("period"), f"{say.day(found.since)} – {say.day(found.until)}"),
        (say("known_at"), say.instant(found.known_at)),
    ]
    if lender is not None:
        about.insert(0, (say("lender"), lender))
    if found.limit_minor is not None:
        about.append((say("limit"), say.money(found.limit_minor)))
    yield Pairs(rows=tuple(about))
    yield Heading(text=say("summary"))
    yield _balances(say, found.opening, found.closing, sum((one.charged for one in found.plans), Balances()))
    yield Paragraph(text=say("amounts_in", currency=say.currency), small=True)
    if not found.plans:
        yield Paragraph(text=say("no_plans"))
    for one in found.plans:
        yield from _plan_blocks(say, one, references.get(one.plan))
    if found.taken_back:
        yield Heading(text=say("taken_back"))
        yield Paragraph(text=say("taken_back_lead"))
        yield Table(
            head=tuple(say(key) for key in ("plan_column", "day", "what", "amount", "heard", "taken_back")),
            align=("left", "left", "left", "right", "left", "left"),
            wide=(2,),
            rows=tuple(
                (
                    _plain(one.plan), say.short_day(one.day), say(f"what_{one.what}"),
                    "" if one.amount is None else say.figure(one.amount), say.instant(one.heard), say.instant(one.taken_back),
                )
                for one in found.taken_back
            ),
        )  # fmt: skip


def _plan_blocks(say: Speaker, one: PlanStatement, reference: str | None) -> Iterator[Block]:
    yield Heading(text=say("plan", plan=_plain(one.plan)))
    rows = [(say("principal_drawn"), say.money(one.drawn_minor)), (say("paid_out_on"), say.day(one.drawn_on))]
    if reference is not None:
        rows.append((say("reference"), reference))
    if one.next_due is not None:
        value = say("next_due_value", amount=say.money(one.next_minor), day=say.day(one.next_due))
        rows.append((say("next_due"), value))
    yield Pairs(rows=tuple(rows))
    if one.days_past_due:
        yield Paragraph(text=say("late_days", days=one.days_past_due))
    yield Heading(text=say("movements"), level=2)
    yield _movements(say, one) if one.movements else Paragraph(text=say("no_movements"))
    if one.open_lines:
        yield Heading(text=say("still_open"), level=2)
        yield Table(
            head=tuple(say(key) for key in ("number", "due", "principal", "interest_part", "fee_part", "penalty", "to_pay")),
            align=("right", "left", "right", "right", "right", "right", "right"),
            wide=(2, 3, 4, 5, 6),
            rows=tuple(
                (
                    str(line.number), say.short_day(line.due),
                    *map(say.figure, (line.principal, line.interest, line.fee, line.penalty,
                                      line.principal + line.interest + line.fee + line.penalty)),
                )
                for line in one.open_lines
            ),
        )  # fmt: skip


def _movements(say: Speaker, one: PlanStatement) -> Table:
    def row(day: str, what: str, amount: int | None, effect: Balances, heard: str) -> tuple[str, ...]:
        told = "" if amount is None else say.figure(amount)
        return (day, what, told, *(_signed(say, getattr(effect, part)) for part in _PARTS), heard)

    rows = [row("", say("opening"), None, one.opening, "")]
    rows += [
        row(
            say.short_day(each.day), say(f"what_{each.what}"), each.amount, each.effect,
            "" if each.heard is None else say.instant(each.heard)[:10],
        )
        for each in one.movements
    ]  # fmt: skip
    heads = ("day", "what", "amount", "principal", "interest_part", "fee_part", "penalty", "waiting", "heard")
    return Table(
        head=tuple(say(key) for key in heads),
        align=("left", "left", "right", "right", "right", "right", "right", "right", "left"),
        wide=(1,),
        rows=tuple(rows),
        total=row("", say("closing"), None, one.closing, ""),
    )


def _balances(say: Speaker, opening: Balances, closing: Balances, charged: Balances) -> Table:
    parts = ("principal", "interest", "fee", "penalty")
    names = {"principal": "principal", "interest": "interest_part", "fee": "fee_part", "penalty": "penalty"}
    rows = [
        (say(names[part]), say.figure(getattr(opening, part)), _signed(say, getattr(charged, part)), say.figure(getattr(closing, part)))
        for part in parts
    ]  # fmt: skip
    waits = (say("waiting"), say.figure(opening.waiting), "", say.figure(closing.waiting))
    return Table(
        head=("", say("opening"), say("charged_in_period"), say("closing")),
        align=("left", "right", "right", "right"),
        wide=(0,),
        rows=(*rows, waits),
        total=(say("owed"), say.figure(opening.owed), _signed(say, charged.owed), say.figure(closing.owed)),
    )


def payoff_paper(
    quote: PayoffQuote,
    *,
    title: Words,
    references: Mapping[str, str],
    lender: str | None,
    made_at: Micros,
    language: Language,
) -> Paper:
    """A payoff quote as a paper."""
    say = Speaker(language, quote.currency)
    name = title.en if language == "en" else title.zh
    return Paper(
        language=language,
        title=say("payoff"),
        lead=f"{name} · {quote.account_id}",
        made_at=made_at,
        footer=" · ".join([*([lender] if lender else []), name, quote.account_id]),
        blocks=tuple(_payoff_blocks(say, quote, references, lender)),
    )


def _payoff_blocks(
    say: Speaker, quote: PayoffQuote, references: Mapping[str, str], lender: str | None
) -> Iterator[Block]:
    rows = [
        (say("account"), str(quote.account_id)),
        (say("payoff_on"), say.day(quote.on)),
        (say("payoff_total"), say.money(quote.total)),
    ]
    if lender is not None:
        rows.insert(0, (say("lender"), lender))
    yield Pairs(rows=tuple(rows))
    if not quote.plans:
        yield Paragraph(text=say("payoff_nothing"))
        return
    yield Paragraph(text=say("payoff_valid", day=say.day(quote.on)))
    yield Paragraph(text=say("payoff_how"))
    yield Heading(text=say("payoff_parts"))
    yield Paragraph(text=say("amounts_in", currency=say.currency), small=True)
    parts = ("principal", "interest", "fee", "penalty", "early_fee")
    heads = (
        "plan_column",
        "reference",
        "principal",
        "interest_part",
        "fee_part",
        "penalty",
        "early_fee",
        "waiting",
        "to_pay",
    )
    yield Table(
        head=tuple(say(key) for key in heads),
        align=("left", "left", "right", "right", "right", "right", "right", "right", "right"),
        wide=(0,),
        rows=tuple(
            (
                _plain(one.plan), references.get(one.plan, ""), *(say.figure(getattr(one, part)) for part in parts),
                _signed(say, -one.waiting), say.figure(one.total),
            )
            for one in quote.plans
        ),
    )  # fmt: skip
    yield Heading(text=say("payoff_later"))
    yield Table(
        head=(say("payoff_on"), say("to_pay")),
        align=("left", "right"),
        wide=(0,),
        rows=tuple(
            (say.day(quote.on + more), say.figure(quote.on_later(more)))
            for more in range(1, len(quote.plans[0].later) + 1)
        ),
    )


def _signed(say: Speaker, minor: int) -> str:
    """An effect: nothing as nothing, what is less with a sign."""
    if not minor:
        return ""
    return say.figure(minor) if minor > 0 else f"-{say.figure(-minor)}"


def _plain(name: str) -> str:
    """A name that a caller made up, with what no font of ours has as question marks."""
    return "".join(one if covered(one) else "?" for one in name)
