"""Provisions over HTTP: run them, and read the table of what moved."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.act.lending import LendingDesk
from tandem.act.products import Day
from tandem.act.provisions import Placed, ProvisionDesk, ProvisionRules, Provisions, Reason, RunDone
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.control.speaking import speaker
from tandem.faces.api.declaring import BODY_PROBLEMS, BUSY, Problems, answers, takes
from tandem.faces.api.shapes.products import ProductWords
from tandem.faces.api.shapes.provisions import (
    AccountProvision,
    LossScenario,
    ProductLoss,
    ProvisionAccounts,
    ProvisionBook,
    ProvisionPage,
    ProvisionRulesShown,
    ProvisionRunRequest,
    ScenarioLoss,
    StageReason,
    StageShown,
)
from tandem.faces.api.wall import BODY_BYTES_MAX
from tandem.kernel.time import days_to_date, format_instant, parse_date

__all__ = ["provision_router"]

_Stage = Annotated[Literal["1", "2", "3"], Query()]
_PAGE_MAX = 500
_RUN: Problems = {
    404: ("no_provision_rules",),
    409: ("in_future", "out_of_order"),
    422: ("invalid_date", "wrong_shape"),
}


def provision_router(desk: ProvisionDesk, lending: LendingDesk) -> APIRouter:
    """What ``desk`` measures of the accounts of ``lending``."""
    router = APIRouter(tags=["provisions"])

    @router.get(
        "/v1/provisions",
        summary="Expected loss by stage, and what moved since the run before",
        responses=answers(ProvisionPage, "The last run.", problems=[BUSY]),
    )
    async def provisions(request: Request) -> Response:
        return json_response(request, await run_in_threadpool(_page, desk))

    @router.get(
        "/v1/provisions/accounts",
        summary="The accounts of one stage, the most to be lost first, and why each is in it",
        responses=answers(
            ProvisionAccounts, "As the last run left them.", problems=[BUSY, {422: ("invalid_parameter",)}]
        ),
    )
    async def accounts(
        request: Request, stage: _Stage, limit: Annotated[int, Query(ge=1, le=_PAGE_MAX)] = 100
    ) -> Response:
        return json_response(request, await run_in_threadpool(_in_stage, desk, int(stage), limit))

    @router.get(
        "/v1/accounts/{account_id}/provision",
        summary="The stage of an account, its expected loss, and why",
        responses=answers(
            AccountProvision,
            "As the last run left it.",
            problems=[BUSY, {404: ("unknown_account",), 422: ("invalid_parameter",)}],
        ),
    )
    async def account(request: Request, account_id: Annotated[str, Path(max_length=255)]) -> Response:
        def do() -> AccountProvision:
            (placed,) = desk.placed([lending.account(account_id)])
            return _account(placed, desk.look(_day))

        return json_response(request, await run_in_threadpool(do))

    @router.post(
        "/v1/provisions",
        summary="Stage all accounts and post the change of their expected loss",
        description="Writes only what moved: the same day again, with nothing changed, writes nothing.",
        openapi_extra=takes(ProvisionRunRequest, {"on": "2026-11-30"}),
        responses=answers(ProvisionPage, "As it is now; durable.", problems=[BODY_PROBLEMS, BUSY, _RUN]),
    )
    async def run(
        request: Request,
        body: Annotated[Any, Depends(body_of(ProvisionRunRequest, limit=64 * BODY_BYTES_MAX))],
    ) -> Response:
        by = speaker(request, body.by)

        def do() -> ProvisionPage:
            on = None if body.on is None else parse_date(body.on)
            desk.run(on, by=by, probabilities=body.probabilities)
            return _page(desk)

        return json_response(request, await run_in_threadpool(do))

    return router


def _page(desk: ProvisionDesk) -> ProvisionPage:
    last, at = desk.look(lambda provisions: (provisions.last, provisions.last_at))
    rules = desk.in_force()
    in_force = None if rules is None else _rules(rules)
    if last is None or at is None:
        return ProvisionPage(
            on=None, run_at=None, run_by=None, rules=None, rules_digest=None, books=[], in_force=in_force
        )
    return ProvisionPage(
        on=_date(last.day),
        run_at=format_instant(at),
        run_by=last.by,
        rules=last.rules_name,
        rules_digest=last.rules,
        books=[_book(last, currency) for currency in sorted(last.tables)],
        in_force=in_force,
    )


def _rules(rules: ProvisionRules) -> ProvisionRulesShown:
    staging, lgd = rules.staging, rules.lgd
    return ProvisionRulesShown(
        name=rules.name,
        digest=rules.digest,
        title=ProductWords(en=rules.title.en, zh=rules.title.zh),
        since=_date(rules.since),
        basis=list(rules.basis),
        late_days=staging.late_days,
        default_days=staging.default_days,
        pd_times_pct=staging.pd_times_pct,
        pd_more_bps=staging.pd_more_bps,
        stage_2_days=staging.stage_2_days,
        stage_3_days=staging.stage_3_days,
        forborne_days=staging.forborne_days,
        pd_bps=[round(one * 10_000) for one in rules.pd.yearly().tolist()],
        pd_model=rules.pd.model,
        pd_source=rules.pd.source,
        lgd=[
            *(ProductLoss(product=name, lgd_bps=bps) for name, bps in lgd.products.items()),
            ProductLoss(product=None, lgd_bps=lgd.otherwise_bps),
        ],
        lgd_source=lgd.source,
        ccf_bps=rules.ccf_bps,
        ccf_source=rules.ccf_source,
        revolving_months=rules.revolving_months,
        scenarios=[
            LossScenario(scenario=one.scenario, weight_pct=one.weight_pct, pd_pct=one.pd_pct, lgd_pct=one.lgd_pct)
            for one in rules.scenarios
        ],
    )


def _in_stage(desk: ProvisionDesk, stage: int, limit: int) -> ProvisionAccounts:
    on = desk.look(_day)
    count = desk.look(lambda provisions: provisions.count(stage))
    return ProvisionAccounts(accounts=[_account(one, on) for one in desk.in_stage(stage, limit=limit)], count=count)


def _account(placed: Placed, on: Day | None) -> AccountProvision:
    recorded = placed.recorded
    return AccountProvision(
        account_id=placed.account_id,
        number=placed.number,
        currency=placed.currency,
        on=None if on is None else _date(on),
        stage=recorded.stage or None,  # type: ignore[arg-type]
        gross_minor=recorded.gross_minor,
        allowance_minor=recorded.allowance_minor,
        reasons=[_reason(one) for one in placed.reasons],
        moved=placed.moved,
    )


def _reason(reason: Reason) -> StageReason:
    return StageReason(
        code=reason.code,
        days=reason.days,
        pd_open=reason.pd_open,
        pd_now=reason.pd_now,
        on=None if reason.on is None else _date(reason.on),
        until=None if reason.until is None else _date(reason.until),
    )


def _day(provisions: Provisions) -> Day | None:
    return None if provisions.last is None else provisions.last.day


def _date(day: Day) -> str:
    return days_to_date(day).isoformat()


def _book(last: RunDone, currency: str) -> ProvisionBook:
    rows = last.tables[currency]
    return ProvisionBook(
        currency=currency,
        allowance_minor=sum(one.closing for one in rows),
        gross_minor=sum(one.gross for one in rows),
        stages=[
            StageShown(
                stage=one.stage,  # type: ignore[arg-type]
                opening_minor=one.opening,
                moved_in_minor=one.moved_in,
                moved_out_minor=one.moved_out,
                new_minor=one.new,
                remeasured_minor=one.remeasured,
                derecognised_minor=one.derecognised,
                closing_minor=one.closing,
                accounts=one.accounts,
                gross_minor=one.gross,
            )
            for one in rows
        ],
        # By name: as it was measured they stand in the order of the rules, as it is read from the journal they do not.
        scenarios=[
            ScenarioLoss(scenario=name, loss_minor=loss) for name, loss in sorted(last.scenarios[currency].items())
        ],
    )
