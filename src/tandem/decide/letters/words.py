"""The few words of a letter that are the same for every lender, in both languages."""

from __future__ import annotations

from typing import Final, Literal

from tandem.decide.models import Wording

__all__ = [
    "ADVICE", "DEAR", "DECIDED", "FROM_SOURCE", "HEADINGS", "JOINED", "REFERENCE", "SIMULATED", "TITLE", "Language", "said",
]  # fmt: skip

Language = Literal["en", "zh-CN"]


def _both(en: str, zh_cn: str) -> Wording:
    return Wording(en=en, zh_cn=zh_cn)


DECIDED: Final = {
    "declined": _both("We are not able to agree to {product}.", "经评估，我们未能同意{product}。"),
    "referred": _both(
        "We have not decided on {product} yet. A member of our staff is going to look at it.",
        "我们尚未就{product}作出最终决定，将由工作人员进行人工审核。",
    ),
    "lower_limit": _both(
        "We have agreed to {product}, for {granted} instead of the {asked} that you asked for.",
        "我们已同意{product}，批准金额为{granted}，低于您申请的{asked}。",
    ),
    "higher_price": _both(
        "We have agreed to {product}, at a price that is not our best one.",
        "我们已同意{product}，但价格高于我们的最优价格。",
    ),
}
"""What was decided, by how it speaks against the applicant."""

HEADINGS: Final = {
    "reasons": _both("Why", "原因"),
    "data": _both("Which data we used", "我们使用的数据及其来源"),
    "explanation": _both("Your right to an explanation", "您有权要求说明"),
    "review": _both("Your right to have a person look at it", "您有权要求人工复核"),
    "correction": _both("Your right to have data corrected", "您有权更正数据"),
    "complaint": _both("If you want to complain", "投诉渠道"),
    "notice": _both("Notices", "其他告知事项"),
}
TITLE: Final = _both("Our decision on {product}", "关于{product}的决定")
DEAR: Final = _both("To the applicant", "尊敬的申请人：")
REFERENCE: Final = _both("Reference: {reference}", "编号：{reference}")
ADVICE: Final = _both("What you can do: {advice}", "您可以：{advice}")
FROM_SOURCE: Final = _both("From {source}: {facts}.", "来自{source}：{facts}。")
SIMULATED: Final = _both("SIMULATED", "模拟数据")
JOINED: Final = _both(", ", "、")


def said(words: Wording, language: Language) -> str:
    """``words`` in ``language``."""
    return words.en if language == "en" else words.zh_cn
