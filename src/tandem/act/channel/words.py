"""The words of the table of costs, in both languages.

They are part of what a customer confirms, so they stand here and not in a page: a page that is published anew must not change
what was read.
"""

from __future__ import annotations

from typing import Final

__all__ = ["SAID"]

SAID: Final[dict[str, dict[str, str]]] = {
    "title": {"en": "Statement of the composite financing cost", "zh-CN": "综合融资成本明示表"},
    "interest": {"en": "Interest", "zh-CN": "利息"},
    "interest_standard": {"en": "{rate} a year on what is not yet repaid", "zh-CN": "年利率 {rate}，按未还本金计收"},
    "interest_method": {"en": "with each instalment", "zh-CN": "随每期还款收取"},
    "instalment_fee": {"en": "Instalment fee", "zh-CN": "分期手续费"},
    "instalment_fee_standard": {
        "en": "{rate} of the amount, with each instalment",
        "zh-CN": "每期收取分期金额的 {rate}",
    },
    "instalment_fee_method": {"en": "with each instalment", "zh-CN": "随每期还款收取"},
    "opening_fee": {"en": "Opening fee", "zh-CN": "开办费"},
    "opening_fee_standard": {"en": "{rate} of the amount, once", "zh-CN": "按金额的 {rate} 一次性收取"},
    "opening_fee_method": {"en": "with the first instalment", "zh-CN": "随第一期还款收取"},
    "overdue": {"en": "If you pay late", "zh-CN": "逾期罚息"},
    "overdue_standard": {
        "en": "{rate} a day ({year} a year) of the overdue principal; nothing if you pay within {days} days",
        "zh-CN": "逾期本金的每日 {rate}（折合年化 {year}）；{days} 天内补缴不收取",
    },
    "overdue_none": {"en": "nothing", "zh-CN": "不收取"},
    "early": {"en": "If you pay early", "zh-CN": "提前还款"},
    "early_standard": {"en": "{rate} of the principal paid early", "zh-CN": "提前偿还本金的 {rate}"},
    "early_none": {"en": "no charge", "zh-CN": "不收取违约金"},
    "early_fees_waived": {"en": "fees of later instalments are not charged", "zh-CN": "未到期的分期手续费不再收取"},
    "early_fees_due": {"en": "fees of later instalments are still charged", "zh-CN": "未到期的分期手续费仍需支付"},
    "joined": {"en": "{first}; {second}", "zh-CN": "{first}；{second}"},
    "nothing_else": {
        "en": "Nothing else is charged for this loan beside what this table says.",
        "zh-CN": "除本表已明示的成本外，不再收取与本笔贷款相关的其他息费。",
    },
}
