"""A small workspace whose decisions are told: two models that weigh the same facts, rules, a list, statements, a letter."""

from __future__ import annotations

from typing import Any

import msgspec
from small_workspace import BLOCKED

from tandem.decide.models import Bin, Metadata, Scaling, Scorecard, ScorecardInput, base_points, bin_points
from tandem.kernel.artefacts import Artefact

SCALING = Scaling()


def _bin(woe: float, count: int) -> Bin:
    return Bin(woe=woe, points=bin_points(SCALING, 1.0, woe), count=count, adverse=count // 4)


def card(name: str, weights: dict[str, tuple[float, float, float]], reasons: dict[str, str]) -> Artefact:
    """A scorecard: input to (edge, weight below, weight from it on); the training rows lay half on either side."""
    inputs = tuple(
        ScorecardInput(
            name=one,
            edges=(edge,),
            bins=(_bin(below, 500), _bin(above, 500)),
            missing=_bin(0.0, 0),
            coefficient=1.0,
            monotone=-1 if below > above else 1,
            reason=reasons[one],
        )
        for one, (edge, below, above) in weights.items()
    )
    document = Scorecard(
        metadata=Metadata(name=name, target="bad"),
        inputs=inputs,
        intercept=-1.0,
        base_points=base_points(SCALING, -1.0),
        scaling=SCALING,
    )
    return Artefact.of("model", name, msgspec.to_builtins(document))


CODES = {"income_minor": "R_INCOME", "debt_minor": "R_DEBT", "age": "R_AGE", "amount_minor": "R_AMOUNT"}
CREDIT = card(
    "credit",
    {
        "income_minor": (100_000, 1.0, -1.0),
        "debt_minor": (50_000, -0.6, 0.6),
        "age": (30, 0.4, -0.4),
        "amount_minor": (90_000, -0.5, 0.5),
    },
    CODES,
)

APPLICATION = Artefact.of(
    "event_type",
    "application",
    {
        "subject": "person",
        "fields": [
            {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"},
            {"name": "device", "type": "text", "entity": "device", "data_class": "C2"},
            {"name": "amount_minor", "type": "integer", "required": True, "data_class": "C2", "minimum": 0,
             "source": "form", "changeable": "down"},
            {"name": "income_minor", "type": "integer", "data_class": "C2", "minimum": 0, "source": "form",
             "changeable": "up"},
            {"name": "debt_minor", "type": "integer", "data_class": "C2", "minimum": 0, "source": "bureau",
             "changeable": "down"},
            {"name": "job_years", "type": "integer", "data_class": "C2", "minimum": 0, "source": "form",
             "changeable": "up"},
            {"name": "age", "type": "integer", "data_class": "C2", "source": "form"},
        ],
    },
)  # fmt: skip


def _word(text: str) -> dict[str, Any]:
    return {"customer": {"en": f"{text}.", "zh-CN": f"{text}。"}, "internal": {"en": text, "zh-CN": text}}


REASONS = Artefact.of(
    "reasons",
    "words",
    {
        "reasons": {
            code: _word(code.lower())
            for code in (
                "BLOCKED",
                "TOO_YOUNG",
                "NEW_JOB",
                "SCORE_LOW",
                "CAPPED",
                "INFORMATION_MISSING",
                *CODES.values(),
            )
        }
    },
)


def statement(en: str, codes: list[str], **more: Any) -> dict[str, Any]:
    """A statement with its words in both languages."""
    return {"en": en, "zh-CN": f"中{en}", "codes": codes, **more}


STATEMENTS = Artefact.of(
    "statements",
    "customers",
    {
        "statements": {
            "MEANS": statement("Your income is low against your debt.", ["R_INCOME", "R_DEBT"],
                               advice={"en": "repay debt.", "zh-CN": "偿还负债。"}, actionable=True),
            "AMOUNT": statement("The amount asked for.", ["R_AMOUNT", "CAPPED"]),
            "OWN_AGE": statement("Your age.", ["R_AGE"]),
            "MINIMUM_AGE": statement("You must be at least 18 years old.", ["TOO_YOUNG"]),
            "JOB": statement("Your job is new.", ["NEW_JOB"]),
            "ASSESSMENT": statement("The risk is too high.", ["SCORE_LOW"], cut_off=True),
            "NOT_OFFERED": statement("We cannot offer you this service.", ["BLOCKED"], discreet=True),
            "INCOMPLETE": statement("Information is missing.", ["INFORMATION_MISSING"]),
        },
        "facts": {
            "amount_minor": {"en": "the amount asked for", "zh-CN": "申请金额", "unit": "money", "takes_days": 0},
            "income_minor": {"en": "income a month", "zh-CN": "月收入", "unit": "money", "takes_days": 90},
            "debt_minor": {"en": "other debt", "zh-CN": "其他负债", "unit": "money", "takes_days": 60},
            "job_years": {"en": "years in the job", "zh-CN": "工作年限", "unit": "years", "takes_days": 365},
            "age": {"en": "age", "zh-CN": "年龄", "unit": "years"},
        },
        "terms": {"application": {"asked": "amount_minor", "best_price": {"rate_bps": 900}}},
    },
)  # fmt: skip


def with_method(**method: Any) -> Artefact:
    """The statements, told by another method."""
    return Artefact.of("statements", "customers", {**STATEMENTS.body, "method": method})


OWN = Artefact.of(
    "legal_pack",
    "own",
    {
        "title": {"en": "Own", "zh-CN": "自身"},
        "jurisdiction": "own",
        "versions": [
            {
                "effective": "2026-01-01",
                "until": "2027-01-01",
                "paragraphs": [
                    {"topic": topic, "en": f"{topic} of 2026, {{contact}}.", "zh-CN": f"{topic} 二〇二六，{{contact}}。"}
                    for topic in ("explanation", "review", "correction", "complaint")
                ]
                + [{"topic": "notice", "en": "Only when declined.", "zh-CN": "仅拒绝时。", "when": ["declined"]},
                   {"topic": "data", "en": "About the third party.", "zh-CN": "关于第三方。", "when": ["third_party"]}],
            },
            {
                "effective": "2027-01-01",
                "paragraphs": [
                    {"topic": topic, "en": f"{topic} of 2027.", "zh-CN": f"{topic} 二〇二七。"}
                    for topic in ("explanation", "review", "correction", "complaint")
                ],
            },
        ],
    },
)  # fmt: skip
LETTER = Artefact.of(
    "letter",
    "loans",
    {
        "policies": ["application"],
        "currency": "CNY",
        "time_zone": "Asia/Shanghai",
        "lender": {"en": "Lender <Ltd>", "zh-CN": "贷款公司"},
        "address": {"en": "1 Road", "zh-CN": "路1号"},
        "contact": {"en": "hello@lender.example", "zh-CN": "hello@lender.example"},
        "reviewer": {"en": "the desk", "zh-CN": "复核组"},
        "complaints": {"en": "the desk", "zh-CN": "投诉组"},
        "product": {"en": "your application", "zh-CN": "您的申请"},
        "opening": [{"en": "{lender} writes.", "zh-CN": "{lender}来信。"}],
        "legal": ["own"],
        "sources": {
            "form": {"en": "your application form", "zh-CN": "您的申请表"},
            "bureau": {"en": "the bureau", "zh-CN": "征信机构", "third_party": True},
            "own records": {"en": "our records", "zh-CN": "本公司记录"},
        },
    },
)


def policy(*rules: dict[str, Any], decline_over: float = 0.35, review_over: float = 0.3, **offer: Any) -> Artefact:
    """A policy: the list, a rule of law, ``rules``, then the model."""
    return Artefact.of(
        "policy",
        "application",
        {
            "event": "application",
            "when_missing": "review",
            "flow": [
                {"lists": "known_bad", "checks": [
                    {"list": "blocked_devices", "of": "device", "then": "decline", "reason": "BLOCKED",
                     "when_missing": "skip"},
                ], "stop_on": ["decline"]},
                {"rules": "law", "all": [
                    {"rule": "too_young", "when": "age < 18", "then": "decline", "reason": "TOO_YOUNG"},
                    *rules,
                ]},
                {"model": "credit", "probability": "pd"},
                {"decide": "by_risk", "cases": [
                    {"case": "high", "when": f"pd > {decline_over}", "then": "decline", "reason": "SCORE_LOW"},
                    {"case": "middle", "when": f"pd > {review_over}", "then": "review", "reason": "SCORE_LOW"},
                    {"otherwise": "low", "then": "approve",
                     "limit": "amount_minor", "price": {"rate_bps": "900"}, **offer},
                ]},
            ],
        },
    )  # fmt: skip


EVERYTHING = (APPLICATION, BLOCKED, REASONS, CREDIT, STATEMENTS, OWN, LETTER, policy())
GOOD = {"amount_minor": 50_000, "income_minor": 200_000, "debt_minor": 10_000, "job_years": 5, "age": 40}
"""Facts on which nothing speaks against anybody."""
