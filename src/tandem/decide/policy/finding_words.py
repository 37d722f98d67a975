"""Findings in Chinese: a sentence and a remedy for every code, filled with the names that the finding itself gives.

A finding is written in English where it is made. What it names (a fact, a list, a place) stands in its message in quotes
and in its example; here the same names are put into the sentence of its code.
"""

from __future__ import annotations

import re
from typing import Final

from tandem.decide.policy.context import Finding

__all__ = ["CODES_WITH_WORDS", "finding_in_chinese", "hint_in_chinese", "near_names", "position_of"]

_QUOTED: Final = re.compile(r"'([^']*)'|\"([^\"]*)\"|\(([^()]*)\)")
_NEAR: Final = re.compile(r"'([^']*)'")
_POSITION: Final = re.compile(r"line (\d+), column (\d+)")

_SAID: Final[dict[str, tuple[str, str]]] = {
    # the document
    "unknown_key": ("不认识的键{names}。", "请对照参考文档检查拼写，或删除该键。"),
    "unknown_stage": (
        "阶段应以其类型和名称开头{names}。",
        "可用类型：lists、rules、table、scorecard、model、ask、switch、split、set、decide。",
    ),
    "unknown_word": ("此处不允许使用这个词{names}。", "请从允许的取值中选择。"),
    "missing_key": ("缺少必填项。", "请补上该键。"),
    "invalid_name": ("名称应为小写字母、数字和下划线，并以字母开头{names}。", "例如 under_age。"),
    "duplicate_name": ("名称重复{names}。", "请改用另一个名称。"),
    "no_hit_policy": (
        "规则阶段须把规则写在 all 或 first 之下{names}。",
        "all：全部命中的规则都生效；first：只取第一条。",
    ),
    "invalid_policy": ("此处的内容无法读取{names}。", "请对照参考文档修改。"),
    "row_width": ("该行的单元格数目与表头不符{names}。", "任意值写作 -。"),
    "wholesale_fail_open": (
        "整个策略的缺失处理只能是拒绝或人工审核。",
        "请在确有需要的那条规则或阶段上写 when_missing: skip。",
    ),
    "not_a_mapping": ("此处需要“键: 值”形式的内容。", "请写成键值行。"),
    "invalid_yaml": ("不是有效的 YAML 文档。", "请检查缩进、引号和括号。"),
    "too_large": ("超出规模上限。", "可改用决策表容纳更多内容。"),
    # the flow
    "no_decision": ("流程可能走到末尾仍没有决定。", "请在流程及每个会继续的分支末尾加上 decide 阶段。"),
    "no_otherwise": ("decide 阶段的最后一个情形不应有条件。", "请以“otherwise”结尾。"),
    "after_otherwise": ("otherwise 之后不能再有其他情形。", "请把 otherwise 移到最后。"),
    "no_outcome": ("该情形没有给出处置结果{names}。", "请补上 then。"),
    "stop_without_outcome": ("规则结束了流程却没有给出处置结果{names}。", "请补上 then。"),
    "unreachable_stage": ("没有任何申请会到达阶段{names}。", "请上移或删除该阶段。"),
    "unreachable_rule": ("规则{names}永远不可能最先成立：前面的规则已全部覆盖。", "请上移或删除该规则。"),
    "never_true": ("该条件永远不可能成立{names}。", "请修改或删除。"),
    "constant_condition": ("该条件不涉及任何事实{names}。", "这是有意为之吗？"),
    "outcome_unreachable": ("该策略没有任何路径得出{outcome}。", "这是有意为之吗？"),
    "missing_branch": (
        "该条件可能因事实缺失而无法判断{names}，但没有写明如何处理。",
        "请写 when_missing，或使用 IS NULL、COALESCE。",
    ),
    "no_reason": ("拒绝或人工审核须给出原因码{names}。", "请补上 reason。"),
    # names and types
    "unknown_column": ("没有名为{names}的事实或变量。", "请检查拼写，或先定义该特征。"),
    "unknown_list": ("没有名单{names}。", "请先定义名单。"),
    "unknown_model": ("没有模型{names}。", "请先训练或导入模型。"),
    "unknown_connector": ("没有连接器{names}。", "请先定义连接器。"),
    "not_asked": ("{names}由连接器给出，而此处之前没有查询该连接器。", "请在前面加上 ask 阶段。"),
    "asked_before": ("连接器{names}在前面已查询过，不会再次查询。", "请删除重复的查询。"),
    "unknown_reason": ("原因码目录中没有{names}。", "请在目录中以两种语言补上该原因码。"),
    "unknown_function": ("没有函数{names}。", "可用函数见补全列表。"),
    "unknown_type": ("没有类型{names}。", "请使用参考文档列出的类型。"),
    "unknown_part": ("日期或时间没有这个部分{names}。", "例如 year、month、day、hour。"),
    "wrong_type": ("类型不符{names}。", "条件须为真或假；额度须为整数分；定价须为数值。"),
    "type_change": ("变量{names}在别处是另一种类型。", "请用 CAST 转换，或另取名称。"),
    "shadows_fact": ("{names}已是一个事实的名称。", "请另取名称。"),
    "reassigned_score": ("{names}由模型给出，不能再赋值。", "请另取名称。"),
    "model_input": ("模型的输入{names}在此不可用。", "请补充该特征，或换用其他模型。"),
    "model_points": ("模型{names}不给出分数（points）。", "请使用 probability 或 margin。"),
    "model_not_loaded": ("模型{names}不在发布版本中。", "请把模型放入发布版本。"),
    "model_inputs_differ": ("模型读取的输入与检查时不同{names}。", "请按本发布版本的模型重新检查策略。"),
    # tables and scorecards
    "invalid_cell": ("单元格无法读取{names}。", "例如 >= 30、[18..25)、in [a, b]、missing 或 -。"),
    "empty_range": ("区间为空{names}。", "请检查上下界。"),
    "mixed_output": ("该输出列混有不同类型的值{names}。", "同一列须为同一类型。"),
    "no_priority": ("按优先级命中的表须有处置结果列。", "请增加输出列 outcome。"),
    "collect_variable": ("合并命中的表不能这样给变量赋值{names}。", "请使用 aggregate: sum、min 或 max。"),
    "reads_own_output": ("该表读取了自己的输出{names}。", "请换用其他变量。"),
    "table_gap": ("决策表没有覆盖以下情况：{example}。", "请补一行，或写 default。"),
    "table_overlap": ("两行同时匹配以下情况：{example}，而命中方式要求唯一。", "请收窄其中一行，或改用 hit: first。"),
    "unreachable_row": ("该行永远不会被取用：前面的行已全部覆盖。", "请删除或上移该行。"),
    "scorecard_gap": ("评分卡没有覆盖以下情况：{example}。", "请补一个分箱，或写 otherwise。"),
    "scorecard_overlap": ("两个分箱同时覆盖以下情况：{example}。", "请使用半开区间，如 [18..25)。"),
    "analysis_incomplete": ("表过于复杂，无法完整分析；可能有未发现的空缺或不可达行。", "请拆分该表。"),
    # expressions
    "empty_expression": ("表达式为空。", "请写一个条件或一个值。"),
    "invalid_syntax": ("表达式无法读取{names}。", "请检查此处是否缺少内容或多余内容。"),
    "not_in_language": ("这不属于表达式语言{names}。", "表达式只看一行：没有语句、参数、数组或程序代码。"),
    "too_long": ("表达式过长。", "请拆成几个条件，或使用名单。"),
    "too_deep": ("表达式嵌套过深。", "请拆成几个变量。"),
    "no_type": ("单独的 NULL 没有类型。", "请写 CAST(NULL AS INTEGER)。"),
    "type_mismatch": ("类型不能这样组合{names}。", "请用 CAST 转换其中一个。"),
    "misplaced_interval": ("时间间隔不能单独作为值。", "请与日期或时间相加减。"),
    "constant_needed": ("此处须为常量。", "请直接写出值。"),
    "column_needed": ("in_list 须以列为第一个参数。", "例如 in_list(person, 'blocked')。"),
    "wrong_arguments": ("参数的数目或类型不对{names}。", "请查看函数说明。"),
    "invalid_pattern": ("匹配模式无效{names}。", "% 代表任意多个字符，_ 代表一个字符。"),
    "invalid_number": ("不是数值{names}。", "请检查写法。"),
    "number_too_large": ("数值过大。", "请缩小数值。"),
    "number_too_long": ("数值位数过多{names}。", "最多 18 位。"),
    "invalid_text": ("文本含有不可存储的字符。", "请删除该字符。"),
    # examples
    "example_failed": ("示例的结果与预期不符。", "请修正策略或示例。"),
}

CODES_WITH_WORDS: Final = frozenset(_SAID)
_OUTCOMES: Final = {"decline": "拒绝", "review": "人工审核", "approve": "通过"}


def finding_in_chinese(finding: Finding) -> str:
    """What is wrong, in Chinese; a code without words of its own keeps the English."""
    said = _SAID.get(finding.code)
    if said is None:
        return finding.message
    names = [next(filter(None, found), "") for found in _QUOTED.findall(finding.message)]
    shown = "、".join(f"“{name}”" for name in dict.fromkeys(filter(None, names)))
    outcome = next((words for word, words in _OUTCOMES.items() if f"leads to {word}" in finding.message), "")
    example = "，".join(f"{name} = {_value(value)}" for name, value in (finding.example or {}).items())
    text = said[0].format(names=shown, outcome=outcome, example=example or shown or "见示例")
    position = position_of(finding.message)
    return text if position is None else f"{text}（第 {position[0]} 行，第 {position[1]} 列）"


def hint_in_chinese(finding: Finding) -> str | None:
    """What to do about it, in Chinese; a near match is named."""
    near = near_names(finding.hint)
    if near:
        return f"是否要写{'或'.join(f'“{name}”' for name in near)}？"
    said = _SAID.get(finding.code)
    return finding.hint if said is None else said[1]


def near_names(hint: str | None) -> tuple[str, ...]:
    """The near matches that ``hint`` offers, nearest first."""
    if hint is None or not hint.startswith("did you mean"):
        return ()
    return tuple(_NEAR.findall(hint))


def position_of(message: str) -> tuple[int, int] | None:
    """(line, column) within an expression, from 1, where ``message`` names them."""
    found = _POSITION.search(message)
    return None if found is None else (int(found[1]), int(found[2]))


def _value(value: object) -> str:
    if value is None:
        return "缺失"
    return ("真" if value else "假") if isinstance(value, bool) else str(value)
