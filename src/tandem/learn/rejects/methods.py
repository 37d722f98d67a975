"""The ways to reckon with those who were declined, and what each one takes for granted.

Whoever was declined has no outcome, and there is no way to make one up that the data could confirm: what nobody saw is
assumed. So the choice is written down, the default is to assume nothing beyond those accepted, and the choices are always
shown beside each other (Crook and Banasik 2004 found that inference seldom helps and can hurt; Hand and Henley 1993, why).

    none           learn from those with an outcome
    extrapolation  the declined are as bad as the model of the accepted says; the riskiest are called bad, as many as it expects
                   (hard cut-off augmentation; Siddiqi 2006, ch. 6)
    parcelling     band by band of that model's score, the declined are worse than the accepted by a factor, and outcomes are drawn
    fuzzy          each declined row counts twice, as bad and as good, by the model's chance of each (fuzzy augmentation)
    corrected      as fuzzy, but the chance is first corrected by a line through those whom chance let through
    exploration    a few who would be declined were let through by chance, with a known chance; they stand for the rest, each
                   for 1 / chance of them (Horvitz and Thompson 1952)

Only the last two bring in something that was seen.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from tandem.kernel.errors import InvalidInput, near_match

__all__ = ["ASSUMPTIONS", "METHODS", "RejectMethod", "RejectSpec", "method_named"]


class RejectMethod(StrEnum):
    """See above."""

    NONE = "none"
    EXTRAPOLATION = "extrapolation"
    PARCELLING = "parcelling"
    FUZZY = "fuzzy"
    CORRECTED = "corrected"
    EXPLORATION = "exploration"


METHODS: Final = tuple(RejectMethod)
ASSUMPTIONS: Final = {
    RejectMethod.NONE: {
        "en": "the declined are like accepted ones with the same values; where no accepted one is near, nothing is known",
        "zh-CN": "假设被拒客户与条件相同的通过客户表现一致；通过客户中没有相近者时，一无所知",
    },
    RejectMethod.EXTRAPOLATION: {
        "en": "the model of the accepted holds for the declined, and its riskiest are all bad: it can only confirm itself",
        "zh-CN": "假设通过客户的模型同样适用于被拒客户，且风险最高者全部为坏：只能自我印证",
    },
    RejectMethod.PARCELLING: {
        "en": "in each band of the score the declined are worse than the accepted by the factor given; nothing seen says which",
        "zh-CN": "假设每个分数段内被拒客户比通过客户差一个给定倍数；该倍数没有观察依据",
    },
    RejectMethod.FUZZY: {
        "en": "the model of the accepted gives the declined the right chance of bad: it adds weight and no news",
        "zh-CN": "假设通过客户的模型给出的被拒客户坏账概率正确：只增加权重，不增加信息",
    },
    RejectMethod.CORRECTED: {
        "en": "chance alone chose who was let through; for the declined the model of the accepted is off by a shift and a stretch only",
        "zh-CN": "假设放行完全随机；通过客户的模型对被拒客户只差一个平移和一个缩放",
    },
    RejectMethod.EXPLORATION: {
        "en": "chance alone chose who was let through, with the chance that was recorded; few rows with large weights, so it is noisy",
        "zh-CN": "假设放行完全随机且概率有记录；样本少、权重大，因此波动较大",
    },
}
"""What each takes for granted, in words for whoever signs the model."""


class RejectSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How to compare.

    Attributes:
        learner: what is fitted: ``scorecard`` or ``lightgbm``.
        factor: parcelling: how many times as often the declined are bad, band by band; 1 or more.
        bands: parcelling: bands of equal size by the score of the accepted.
        seed: of every draw.
    """

    learner: str = "scorecard"
    factor: float = 1.5
    bands: int = 10
    seed: int = 20261124

    def __post_init__(self) -> None:
        if self.learner not in {"scorecard", "lightgbm"}:
            raise InvalidInput(
                "Not a learner to compare with.", code="unknown_learner", field="learner", value=self.learner,
                hint="scorecard or lightgbm",
            )  # fmt: skip
        if not 1 <= self.factor <= 10:
            raise InvalidInput(
                "The declined are 1 to 10 times as bad.", code="out_of_range", field="factor", value=self.factor,
                hint="1.5 is a common guess; it stays a guess",
            )  # fmt: skip
        if not 2 <= self.bands <= 100:
            raise InvalidInput(
                "2 to 100 bands.", code="out_of_range", field="bands", value=self.bands, hint="10 is usual"
            )


def method_named(name: str) -> RejectMethod:
    """The method of that name.

    Raises:
        InvalidInput: there is none.
    """
    try:
        return RejectMethod(name)
    except ValueError:
        raise InvalidInput(
            "Not a way to reckon with the declined.", code="unknown_method", field="rejects", value=name,
            hint=near_match(name, METHODS) or "one of " + ", ".join(METHODS),
        ) from None  # fmt: skip
