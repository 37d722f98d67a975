"""Strategies and reviews of limits as documents, with their reasons in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from tandem.act.limits import (
    EffectReport,
    InForce,
    LimitDesk,
    Review,
    ReviewLine,
    Reviews,
    SolverFacts,
)
from tandem.decide.decisions import DecisionProcess
from tandem.faces.api.shapes.limits import (
    AccountLimitReviews,
    BindingShown,
    LimitBand,
    LimitEffect,
    LimitEffectFigure,
    LimitGrade,
    LimitLineShown,
    LimitReason,
    LimitReviewDetail,
    LimitReviewPage,
    LimitReviewShown,
    LimitRuleShown,
    LimitStep,
    LimitStrategyShown,
    LimitWords,
    SolverShown,
)
from tandem.kernel.errors import NotFound
from tandem.kernel.time import days_to_date, format_instant

__all__ = ["account_reviews", "effect_shown", "review_detail", "review_page", "review_shown", "strategy_shown"]

_REVIEWS: Final = 100


def strategy_shown(process: DecisionProcess, found: InForce) -> LimitStrategyShown:
    """A strategy of the live release."""
    one = found.strategy
    return LimitStrategyShown(
        name=one.name, digest=found.digest, product=one.product, title=LimitWords(en=one.title.en, zh=one.title.zh),
        description=one.description,
        steps=[LimitStep(step=each.step, kind=each.kind, change_bps=each.change_bps) for each in one.steps],
        grades=[LimitGrade(grade=each.grade, when=each.when, pd=each.pd) for each in one.grades],
        bands=[
            LimitBand(
                band=each.band, when=each.when, repaid=each.repaid, repaid_bad=each.repaid_bad, drawn=each.drawn,
                drawn_bad=each.drawn_bad,
            )
            for each in one.bands
        ],
        rules=[
            LimitRuleShown(
                rule=each.rule, when=each.when, at_most=each.at_most, at_least=each.at_least,
                reason=_reasons(process, [each.reason])[0],
            )
            for each in one.rules
        ],
        horizon_days=one.economics.horizon_days, margin_bps=one.economics.margin_bps,
        limit_cost_bps=one.economics.limit_cost_bps, lgd_bps=one.economics.lgd_bps,
        economics_source=one.economics.source, economics_as_of=one.economics.as_of,
        assumed={
            name: getattr(one.response, name) for name in ("scale", "scale_bad", "use", "use_bad", "rush_bad")
        },
        assumed_source=one.response.source, assumed_as_of=one.response.as_of,
        loss_budget_bps=one.constraints.loss_budget_bps, growth_bps=one.constraints.growth_bps,
        affordability=one.constraints.affordability, monotone=one.constraints.monotone, hold_out=one.hold_out.share,
        increase_after_days=one.cool_down.increase, decrease_after_days=one.cool_down.decrease,
        notice_days=one.notice_days, consent_days=one.consent_days,
    )  # fmt: skip


def review_page(reviews: Reviews, strategy: str | None) -> LimitReviewPage:
    """The newest reviews, of one strategy or of all."""
    found = [one for one in reviews if strategy is None or one.drawn_up.strategy == strategy]
    return LimitReviewPage(reviews=[review_shown(one) for one in found[::-1][:_REVIEWS]])


def review_shown(review: Review) -> LimitReviewShown:
    """A review without its accounts."""
    return LimitReviewShown(**_fields(review))


def review_detail(
    process: DecisionProcess, review: Review, *, step: str | None, state: str | None, after: str | None, limit: int
) -> LimitReviewDetail:
    """A review and a page of its accounts: those of a step and a state where they are named.

    Raises:
        NotFound: ``after`` is none of its accounts.
    """
    found = [
        one
        for one in review.lines.values()
        if (step is None or one.line.step == step) and (state is None or one.state == state)
    ]
    start = 0
    if after is not None:
        places = [at for at, one in enumerate(found) if one.line.account == after]
        if not places:
            raise NotFound("This review moves no such account.", code="unknown_account", field="after", value=after)
        start = places[0] + 1
    shown = found[start : start + limit]
    return LimitReviewDetail(
        **_fields(review),
        solver=_solver(review.drawn_up.solver),
        states=dict(Counter(one.state for one in review.lines.values())),
        lines=[_line(process, review, one) for one in shown],
        next=shown[-1].line.account if len(found) > start + limit else None,
    )


def account_reviews(process: DecisionProcess, reviews: Reviews, account_id: str) -> AccountLimitReviews:
    """What reviews asked of an account, the newest first."""
    found = reviews.of_account(account_id)[::-1]
    return AccountLimitReviews(lines=[_line(process, one, one.lines[account_id]) for one in found])


def effect_shown(desk: LimitDesk, strategy: str, report: EffectReport) -> LimitEffect:
    """What moving limits did."""
    name = desk.strategies.named(strategy).strategy.product
    return LimitEffect(
        on=_date(report.day), currency=desk.currency_of(name), treated=report.treated, held_out=report.held_out,
        figures=[LimitEffectFigure(**msgspec.structs.asdict(one)) for one in report.figures],
    )  # fmt: skip


def _fields(review: Review) -> dict[str, Any]:
    head, agreed, ended = review.drawn_up, review.agreed, review.ended
    closed = agreed or ended
    return {
        "review_id": head.review,
        "number": review.number,
        "strategy": head.strategy,
        "product": head.product,
        "currency": head.currency,
        "terms": head.terms,
        "on": _date(head.day),
        "at": format_instant(review.at),
        "state": review.state,
        "by": head.by,
        "agreed_by": None if closed is None else closed.by,
        "note": None if ended is None else ended.note,
        "decreases_on": None if agreed is None else _date(agreed.decreases_on),
        "offered_until": None if agreed is None or agreed.offered_until is None else _date(agreed.offered_until),
        "moving": head.moving,
        **msgspec.structs.asdict(head.totals),
    }


def _line(process: DecisionProcess, review: Review, one: ReviewLine) -> LimitLineShown:
    line = one.line
    return LimitLineShown(
        review_id=review.drawn_up.review, account_id=line.account, step=line.step, kind=line.kind,
        from_minor=line.from_minor, to_minor=line.to_minor, currency=review.drawn_up.currency,
        most_minor=line.most_minor, grade=line.grade, band=line.band, pd=line.pd, revenue_minor=line.revenue_minor,
        held_revenue_minor=line.held_revenue_minor, loss_minor=line.loss_minor, held_loss_minor=line.held_loss_minor,
        reasons=_reasons(process, line.reasons), state=one.state,
        since=None if one.since is None else _date(one.since), on=None if one.on is None else _date(one.on),
        why=one.why or None,
    )  # fmt: skip


def _solver(facts: SolverFacts) -> SolverShown:
    return SolverShown(
        method=facts.method, groups=facts.groups, value_minor=facts.value_minor, bound_minor=facts.bound_minor,
        gap=facts.gap, seconds=facts.seconds,
        bindings=[BindingShown(**msgspec.structs.asdict(one)) for one in facts.bindings],
    )  # fmt: skip


def _reasons(process: DecisionProcess, codes: Sequence[str]) -> list[LimitReason]:
    """Codes in the customer's words of the live release; a code that it has dropped speaks for itself."""
    live, found = process.live, []
    for code in codes:
        known = live is not None and code in live.catalogue.reasons
        words = live.vocabulary.words(code) if live is not None and known else None
        found.append(
            LimitReason(code=code, en=code if words is None else words.en, zh=code if words is None else words.zh_cn)
        )
    return found


def _date(day: int) -> str:
    return days_to_date(day).isoformat()
