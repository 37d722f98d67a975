"""An assessment: applications of the past come once more, and the product's policies decide on those it is for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec
import numpy as np

from tandem.kernel.canonical import digest_of
from tandem.kernel.time import DAY, parse_instant
from tandem.learn.assessment.asked import AssessmentAsked, Assumptions, checked_assessment
from tandem.learn.assessment.concerns import concerns_of
from tandem.learn.assessment.flows import Quoted
from tandem.learn.assessment.margins import economics_of
from tandem.learn.assessment.population import Population
from tandem.learn.assessment.report import AssessmentReport, Capacity
from tandem.learn.assessment.treating import treated_by
from tandem.learn.backtest import (
    LIVE,
    RECORDED,
    BacktestAsked,
    BacktestReport,
    Progress,
    SideAsked,
    Sources,
    checked_question,
    run_backtest,
)
from tandem.learn.effect import rate_of

__all__ = ["assess", "checked_product_question"]

_SHORTEST_DAYS: Final = 1.0


def assess(
    sources: Sources,
    asked: AssessmentAsked,
    quoted: Quoted,
    *,
    progress: Progress = lambda _done, _total: None,
    going: Callable[[], bool] = lambda: True,
) -> AssessmentReport:
    """The answer to ``asked``.

    Args:
        quoted: what a draw on either product comes to.

    Raises:
        DefinitionError, InvalidInput, NotFound: what was asked does not hold together.
        Stopped: no longer ``going``.
    """
    checked_assessment(asked)
    population = _population(sources, asked)
    backtest = run_backtest(sources, _question(asked), progress=progress, going=going, lens=population)
    given, lent = asked.assumptions, population.side("product")
    bad, inferred = population.column("bad"), population.column("inferred")
    economics = economics_of(asked.product.name, lent, bad, inferred, quoted, given)
    beside = None
    if asked.against is not None:
        beside = economics_of(asked.against.name, population.side("against"), bad, inferred, quoted, given)
    treated = tuple(treated_by(text, labels, codes, lent, bad) for text, (labels, codes) in population.groups().items())
    capacity = _capacity(backtest, given)
    found = AssessmentReport(
        subject=asked.subject,
        product=asked.product,
        against=asked.against,
        event_type=asked.event_type,
        currency=asked.product.currency,
        where=asked.where,
        groups=asked.groups,
        assumptions=given,
        decisions=population.decisions,
        counted=len(bad),
        outside=population.outside,
        moved_terms=population.moved_terms,
        economics=economics,
        against_economics=beside,
        treated=treated,
        capacity=capacity,
        concerns=concerns_of(population, economics, treated, capacity, backtest),
        backtest=backtest,
    )
    return msgspec.structs.replace(found, digest=_digest(found))


def checked_product_question(sources: Sources, asked: AssessmentAsked) -> AssessmentAsked:
    """``asked``, once everything it names is there and holds together; no decision is looked at yet.

    Raises:
        DefinitionError, InvalidInput, NotFound: what does not, and why.
    """
    checked_assessment(asked)
    checked_question(sources, _question(asked))
    _population(sources, asked)
    return asked


def _question(asked: AssessmentAsked) -> BacktestAsked:
    candidate = msgspec.structs.replace(asked.candidate, policy=asked.product.policy, label=asked.product.name)
    against = SideAsked(release=RECORDED)
    if asked.against is not None:
        against = SideAsked(release=LIVE, policy=asked.against.policy, label=asked.against.name)
    return BacktestAsked(
        event_type=asked.event_type,
        candidate=candidate,
        against=against,
        since=asked.since,
        until=asked.until,
        inferred=asked.inferred,
        rules=False,
        sample=asked.sample,
        seed=asked.seed,
    )


def _population(sources: Sources, asked: AssessmentAsked) -> Population:
    columns = sources.live.context_for(asked.event_type).columns
    return Population(asked, columns)


def _capacity(backtest: BacktestReport, given: Assumptions) -> Capacity:
    """Reviews a day: the share that is reviewed, of the applications that are expected or came."""
    counted = backtest.honesty.compared
    days = _SHORTEST_DAYS
    if backtest.since is not None and backtest.until is not None:
        days = max((parse_instant(backtest.until) - parse_instant(backtest.since)) / DAY, _SHORTEST_DAYS)
    a_day = counted / days if given.applications_a_day is None else given.applications_a_day
    reviewed = rate_of(backtest.candidate.reviewed, counted)
    reviews = a_day * (reviewed.share or 0.0)
    return Capacity(
        applications_a_day=a_day,
        assumed=given.applications_a_day is not None,
        days=float(np.round(days, 3)),
        reviewed=reviewed,
        reviews_a_day=reviews,
        reviews_low=a_day * (reviewed.low or 0.0),
        reviews_high=a_day * (reviewed.high or 0.0),
        people_needed=reviews / given.reviews_a_day,
        people=given.reviewers,
    )


def _digest(found: AssessmentReport) -> str:
    still = msgspec.structs.replace(found.backtest, took_s={})
    return str(digest_of(msgspec.to_builtins(msgspec.structs.replace(found, backtest=still))))
