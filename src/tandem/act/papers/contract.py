"""The contract of an account: who, how much, what it costs, when it is paid, what happens early and late, and which rights there are.

All of it follows from what was signed: the product's version, the terms of each draw and its schedule. The table of costs names
each item, how it is charged, its rate and who is paid, the yearly rate with everything in, and what costs only if it happens.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from tandem.act.lending import Opened, PlanTerms
from tandem.act.papers.lender import Lender
from tandem.act.papers.speaking import Speaker
from tandem.act.papers.types import Align, Block, Heading, Items, Pairs, Paper, Paragraph, Person, Table
from tandem.act.products import Product, cost_table, nearest
from tandem.decide.letters import Language
from tandem.kernel.time import Micros

__all__ = ["Signed", "contract_paper"]


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """What was signed.

    Attributes:
        at: when the signature was recorded. plans: every draw, by name. references: of each, for payments.
    """

    opened: Opened
    at: Micros
    product: Product
    plans: dict[str, PlanTerms]
    references: dict[str, str]


def contract_paper(signed: Signed, *, lender: Lender | None, borrower: Person | None, language: Language) -> Paper:
    """The contract of an account as a paper.

    Args:
        lender: who lends; None where the workspace does not say.
        borrower: who borrows, as the lender wants it here; None: the pseudonym alone.
    """
    return _Contract(signed, lender, borrower, language).paper()


class _Contract:
    def __init__(self, signed: Signed, lender: Lender | None, borrower: Person | None, language: Language) -> None:
        self._signed = signed
        self._lender = lender
        self._borrower = borrower
        self._say = Speaker(language, signed.product.currency)
        self._limited = signed.product.limit_minor is not None

    def paper(self) -> Paper:
        say, opened = self._say, self._signed.opened
        return Paper(
            language=say.language,
            title=say("contract_limit" if self._limited else "contract_loan"),
            lead=f"{self._title()} · {opened.account}",
            made_at=self._signed.at,
            footer=f"{self._title()} · {opened.account}",
            blocks=tuple(self._blocks()),
        )

    def _title(self) -> str:
        title = self._signed.product.title
        return title.en if self._say.language == "en" else title.zh

    def _blocks(self) -> Iterator[Block]:
        say, product = self._say, self._signed.product
        yield from self._parties()
        if self._limited:
            yield Heading(text=say("cost_table"))
            yield Paragraph(text=say("cost_lead_limit"))
            yield self._rates()
            yield from self._contingent()
            if not self._signed.plans:
                yield Paragraph(text=say("no_draw_yet"))
        for name, terms in self._signed.plans.items():
            if self._limited:
                yield Heading(text=say("plan", plan=name))
            yield from self._plan(terms)
        yield Heading(text=say("how_paid"))
        order = say.joined([say(f"component_{one}") for one in product.order])
        yield Paragraph(text=say("order_text", order=order))
        for name, reference in self._signed.references.items():
            text = say("reference_text", reference=reference)
            yield Paragraph(text=f"{say('plan', plan=name)}: {text}" if self._limited else text)
        yield from self._early_and_late()
        yield Heading(text=say("consents"))
        if product.consents:
            yield Items(items=tuple(self._consent(one) for one in product.consents))
        else:
            yield Paragraph(text=say("consents_none"))
        yield Heading(text=say("rights"))
        said = () if self._lender is None else self._lender.rights
        yield Items(items=(*(said or (say("right_explanation"), say("right_person"))), say("right_objection")))

    def _parties(self) -> Iterator[Block]:
        say, signed, lender, borrower = self._say, self._signed, self._lender, self._borrower
        opened = signed.opened
        rows = [(say("lender"), say("not_named") if lender is None else lender.name)]
        if lender is not None:
            rows += [(say("address"), lender.address), (say("contact"), lender.contact)]
        known_as = say("known_as", pseudonym=opened.owner)
        rows.append((say("borrower"), known_as if borrower is None else f"{borrower.name}\n{known_as}"))
        if borrower is not None:
            rows += [(say("identifier"), borrower.identifier)] if borrower.identifier else []
            rows += [(say("address"), borrower.address)] if borrower.address else []
        yield Heading(text=say("parties"))
        yield Pairs(rows=tuple(rows))
        yield Heading(text=say("what_is_lent"))
        about = [
            (say("account"), str(opened.account)),
            (say("product"), self._title()),
            (say("currency"), opened.currency),
        ]
        if opened.limit_minor is not None:
            about.append((say("limit"), say.money(opened.limit_minor)))
        else:
            for terms in signed.plans.values():
                about += self._lent(terms)
        about += [
            (say("signed_on"), say.day(opened.day)),
            (say("recorded_as"), say("recorded", by=opened.by, at=say.instant(signed.at))),
            (say("product_version"), f"{signed.product.name} {opened.terms[:16]}"),
        ]
        if opened.decision is not None:
            about.append((say("decision"), str(opened.decision)))
        yield Pairs(rows=tuple(about))
        if self._limited:
            yield Paragraph(text=say("limit_text"))

    def _lent(self, terms: PlanTerms) -> list[tuple[str, str]]:
        say, rule = self._say, terms.rule
        return [
            (say("principal_drawn"), say.money(terms.principal_minor)),
            (say("paid_out_on"), say.day(terms.drawn_on)),
            (
                say("instalments"),
                say(
                    "instalments_value", count=len(terms.instalments), every=say(f"every_{rule.every}"),
                    method=say(f"method_{rule.method}"),
                ),
            ),
            (say("first_and_last"), f"{say.day(terms.instalments[0].due)} – {say.day(terms.instalments[-1].due)}"),
        ]  # fmt: skip

    def _plan(self, terms: PlanTerms) -> Iterator[Block]:
        say = self._say
        if self._limited:
            yield Pairs(rows=tuple(self._lent(terms)))
        else:
            yield Heading(text=say("cost_table"))
            yield Paragraph(text=say("cost_lead"))
        yield self._costs(terms)
        costs = cost_table(terms.rule, terms.instalments)
        rate = say(
            "yearly_rate_text", nominal=f"{costs.nominal_bps / 100:.2f}", effective=f"{costs.effective_bps / 100:.2f}",
            days=f"{costs.effective_days_bps / 100:.2f}",
        )  # fmt: skip
        yield Pairs(rows=((say("yearly_rate"), rate), (say("total_paid"), say.money(costs.total_minor))))
        if not self._limited:
            yield from self._contingent()
        yield Heading(text=say("schedule"), level=2 if self._limited else 1)
        yield Paragraph(text=say("amounts_in", currency=say.currency), small=True)
        yield self._schedule(terms)
        yield Paragraph(text=say("rounding"), small=True)

    def _costs(self, terms: PlanTerms) -> Table:
        """Principal and each cost with how it is charged, its rate, who is paid and how much it comes to."""
        say, price = self._say, self._signed.product.price
        interest = sum(one.interest_minor for one in terms.instalments)
        fees = sum(one.fee_minor for one in terms.instalments)
        opening = nearest(terms.principal_minor * price.opening_fee_bps, 10_000)
        payee = self._payee()
        rows = [(say("interest"), say("interest_method"), say("rate_a_year", rate=say.per_cent(terms.rate_bps)), payee, say.figure(interest))]  # fmt: skip
        if fees - opening:
            rows.append((say("fee"), say("fee_method"), say("rate_of_amount", rate=say.per_cent(price.fee_bps)), payee, say.figure(fees - opening)))  # fmt: skip
        if opening:
            rows.append((say("opening_fee"), say("opening_fee_method"), say("rate_of_amount", rate=say.per_cent(price.opening_fee_bps)), payee, say.figure(opening)))  # fmt: skip
        return Table(
            head=tuple(say(one) for one in ("cost_item", "cost_method", "cost_standard", "cost_payee", "cost_amount")),
            align=("left", "left", "left", "left", "right"),
            wide=(1,),
            rows=((say("principal_drawn"), "", "", "", say.figure(terms.principal_minor)), *rows),
            total=(say("total_cost"), "", "", "", say.figure(interest + fees)),
        )

    def _rates(self) -> Table:
        """Of a limit: what every draw is charged, before there is one."""
        say, price = self._say, self._signed.product.price
        payee = self._payee()
        rates = price.rate_bps
        told = say.per_cent(rates.least) + (f" – {say.per_cent(rates.most)}" if rates.most != rates.least else "")
        rows = [(say("interest"), say("interest_method"), say("rate_a_year", rate=told), payee)]
        if price.fee_bps:
            rows.append((say("fee"), say("fee_method"), say("rate_of_amount", rate=say.per_cent(price.fee_bps)), payee))
        if price.opening_fee_bps:
            rate = say("rate_of_amount", rate=say.per_cent(price.opening_fee_bps))
            rows.append((say("opening_fee"), say("opening_fee_method"), rate, payee))
        return Table(
            head=tuple(say(one) for one in ("cost_item", "cost_method", "cost_standard", "cost_payee")),
            align=("left", "left", "left", "left"),
            wide=(1,),
            rows=tuple(rows),
        )

    def _contingent(self) -> Iterator[Block]:
        say, price = self._say, self._signed.product.price
        payee = self._payee()
        rows = []
        if price.overdue.bps_per_day:
            grace = price.overdue.grace_days
            method = say("late_method", days=grace) if grace else say("late_method_now")
            rows.append(
                (say("late"), method, say("late_standard", rate=say.per_cent(price.overdue.bps_per_day)), payee)
            )
        if price.early.fee_bps:
            rows.append((say("early"), say("early_method"), say("early_standard", rate=say.per_cent(price.early.fee_bps)), payee))  # fmt: skip
        yield Heading(text=say("contingent"), level=2)
        if not rows:
            yield Paragraph(text=say("nothing_contingent"))
            return
        yield Table(
            head=tuple(say(one) for one in ("contingent_when", "cost_method", "cost_standard", "cost_payee")),
            align=("left", "left", "left", "left"),
            wide=(1,),
            rows=tuple(rows),
        )

    def _schedule(self, terms: PlanTerms) -> Table:
        say, left, rows = self._say, terms.principal_minor, []
        fees = any(one.fee_minor for one in terms.instalments)
        for one in terms.instalments:
            left -= one.principal_minor
            amounts = [
                one.principal_minor,
                one.interest_minor,
                *([one.fee_minor] if fees else []),
                one.amount_minor,
                left,
            ]
            rows.append((str(one.number), say.short_day(one.due), *map(say.figure, amounts)))
        parts = ["principal", "interest_part", *(["fee_part"] if fees else []), "to_pay", "left"]
        sums = [
            sum(one.principal_minor for one in terms.instalments), sum(one.interest_minor for one in terms.instalments),
            *([sum(one.fee_minor for one in terms.instalments)] if fees else []),
            sum(one.amount_minor for one in terms.instalments),
        ]  # fmt: skip
        return Table(
            head=(say("number"), say("due"), *map(say, parts)),
            align=("right", "left", *_right(len(parts))),
            wide=tuple(range(2, 2 + len(parts))),
            rows=tuple(rows),
            total=("", say("total"), *map(say.figure, sums), ""),
        )

    def _early_and_late(self) -> Iterator[Block]:
        say, price = self._say, self._signed.product.price
        early, late = price.early, price.overdue
        yield Heading(text=say("early_terms"))
        texts = [say("early_text")]
        if early.fee_bps:
            texts.append(say("early_costs", rate=say.per_cent(early.fee_bps)))
        texts.append(say("early_rest_lower" if early.rest == "lower_instalments" else "early_rest_fewer"))
        if price.fee_bps:
            texts.append(say("early_fees_waived" if early.fees_to_come == "waived" else "early_fees_due"))
        yield Items(items=(*texts, say("payoff_text")))
        yield Heading(text=say("late_terms"))
        texts = [say("late_text")]
        if late.bps_per_day:
            method = say("late_method", days=late.grace_days) if late.grace_days else say("late_method_now")
            texts.append(say("late_costs", rate=say.per_cent(late.bps_per_day), method=method))
        yield Items(items=tuple(texts))

    def _payee(self) -> str:
        return self._say("lender") if self._lender is None else self._lender.name

    def _consent(self, name: str) -> str:
        known: Sequence[str] = ("personal_data", "credit_bureau", "enterprise_data")
        return self._say(f"consent_{name}") if name in known else name


def _right(count: int) -> list[Align]:
    return ["right"] * count
