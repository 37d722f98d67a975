"""What the log book says, in both languages."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

__all__ = ["WORDS", "Language", "word"]

Language: TypeAlias = Literal["en", "zh-CN"]

WORDS: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "title": "Log book of {plan}",
        "summary": (
            "{days} days, {first} to {last}: {refused} refused, {noted} with something noted, {promoted} promotions, "
            "{back} taken back. Days on which something happened:"
        ),
        "lifted": "{by} accepted the rows of {day} after all ({at}): {why}.",
        "let_on": "{by} let {name} of {day} on after all ({at}): {why}.",
        "let_on_lapsed": (
            "{by} let {name} of {day} on after all ({at}: {why}), but the champion it was held against is gone: it stays refused."
        ),
        "look_at_challenger": (
            "The {owner} is to look at it; if it is true all the same: "
            "`tandem iterate accept {plan} {day} --challenger -m WHY`."
        ),
        "look_at_it": "The {owner} is to look at it; if it is right as it is: `tandem iterate accept {plan} {day} -m WHY`.",
        "one_at_a_time": "Another challenger is on its way; this comparison is only recorded.",
        "first_page": "none, the first page",
        "foot": "Run `{run}`, after `{previous}`, by plan `{plan}`.",
        "headline_stay": "The champion stays",
        "headline_refused": "The feed is refused, the champion stays",
        "headline_not_released": "The release did not hold together, the champion stays",
        "headline_shadow": "{name} in shadow",
        "headline_waiting": "{name} waits for a second person",
        "headline_canary": "{name} decides for {share}",
        "headline_draft": "{name} is outside the envelope, a second person is asked",
        "headline_promote": "{name} is promoted",
        "headline_abort": "The challenger is given up",
        "headline_roll_back": "The champion is taken back",
        "came": "{decided} decisions came in; {told} earlier ones became mature, {bads} of them bad.",
        "window": "The window holds {mature} mature rows with {bads} bad; {immature} are too young and count as nothing yet.",
        "set_aside": " {rows} rows of refused days stay set aside.",
        "adopted": "Somebody released another model by hand: it is the champion now, and what was on its way has ended.",
        "gate_passed": "The feed looks like the days before.",
        "gate_noted": "The feed is usable. Noted:",
        "gate_refused": "The feed is refused:",
        "gate_skipped": "Nothing came; nothing was judged.",
        "hard": "**refused:**",
        "warn": "noted:",
        "quarantine_decided": "What was decided on this day is set aside and teaches nobody, also later.",
        "quarantine_told": "The outcomes told on this day are set aside and teach nobody, also later.",
        "watch_skipped": "The champion was not judged on rows that are not trusted.",
        "watch_nothing": "The champion could not be judged: no mature outcomes of both kinds yet.",
        "champion": (
            "Champion, newest mature week: AUC {value} on {rows} rows with {bads} bad; "
            "expected over observed bads {calibration}."
        ),
        "predecessor": (
            "Against the model it replaced, on {bads} bads of its own time: {difference} ({low} – {high})."
        ),
        "predecessor_early": "Too early to hold it against the model it replaced: {bads} bads of its own time.",
        "take_back": "It is taken back: {why}.",
        "train_skipped": "Nothing was trained: {why}.",
        "trained": "Trained: {names}, on {rows} rows with {bads} bad, {first} to {last}.",
        "not_trained": "{name} could not be trained: `{code}`.",
        "compared": (
            "{name}: AUC {candidate} against {champion}; difference {difference} ({low} – {high}) on {bads} bads, "
            "{strict} at the level of look {look}; expected over observed {calibration}: {rule}."
        ),
        "check_passed": "{name} passed the challenger's gates.",
        "check_refused": "{name} was refused by the challenger's gates: {why}.",
        "tuned": (
            "{at}, now {stands}: of {tried} other numbers {value} did best on {decisions} decisions, {first} to {last}. Newly "
            "approved: {gained}; no longer: {lost}; approvals {shift} points. Worth per 1,000 decisions, in good approvals: "
            "{all_good} were every unknown outcome good, {all_bad} were it bad ({unknown} of the changed ones are unknown); "
            "{strict} for sure at look {look}: {why}."
        ),
        "tuned_not": "{at}: {why}.",
        "outcomes": "{good} good, {bad} bad, {unknown} unknown",
        "tune_proposed": "proposed as draft `{draft}`; nothing changes until a person reviews and releases it",
        "tune_number_stays": "not shown to be better, the number stays",
        "tune_declined_before": "{proposed} was sent back by {who} ({words}), and the evidence has not doubled since",
        "tune_proposal_waiting": "{proposed} in the place of {stands} waits for a person",
        "tune_proposal_approved": "{proposed} in the place of {stands} is approved, and waits to be released",
        "tune_no_such_number": "the live policy has no such number",
        "tune_nothing_to_try": "there was nothing to try on the days that judge",
        "beside_shadow": "Shadow, day {day} of {name}: ",
        "beside_waiting": "{name}, while it waits: ",
        "beside_canary": "Canary, {name} with {share}: ",
        "beside": (
            "on {decisions} decisions the approval rate moves by {shift} points, {changed} of decisions change, PSI of scores {psi}; "
            "{validated} points from the last model a person validated."
        ),
        "move_stay": "Nothing moves: {why}.",
        "move_shadow": "{name} sets out and is computed in shadow: {why}.",
        "move_draft": "{name} is left as a draft for a second person: {why}.",
        "move_canary": "{name} decides for {share} from tomorrow: {why}, signed {who}.",
        "move_promote": "{name} decides for all from tomorrow: {why}, signed {who}.",
        "move_abort": "The challenger is given up: {why}. {words}",
        "move_roll_back": "Rolled back to the model before: {why}.",
        "not_released": "The release was refused (`{code}`): {words}",
        "live": "Live: model `{model}`, since {since}, release `{release}`.",
    },
    "zh-CN": {
        "title": "{plan} 运行日志",
        "summary": (
            "{first} 至 {last} 共 {days} 天：拒收 {refused} 天，有提示 {noted} 天，晋升 {promoted} 次，收回 {back} 次。"
            "有变动的日子："
        ),
        "lifted": "{by}复核后接受了 {day} 的数据（{at}）：{why}。",
        "let_on": "{by}复核后放行了 {day} 的{name}（{at}）：{why}。",
        "let_on_lapsed": "{by}曾放行 {day} 的{name}（{at}：{why}），但与之比较的冠军已被替换：维持拒绝。",
        "look_at_challenger": "请{owner}查看；若确实如此：`tandem iterate accept {plan} {day} --challenger -m 理由`。",
        "look_at_it": "请{owner}查看；若数据无误：`tandem iterate accept {plan} {day} -m 理由`。",
        "one_at_a_time": "已有挑战者在途，此次比较仅作记录。",
        "first_page": "无，首页",
        "foot": "运行 `{run}`，承接 `{previous}`，依据计划 `{plan}`。",
        "headline_stay": "冠军不变",
        "headline_refused": "数据被拒收，冠军不变",
        "headline_not_released": "发布未能成立，冠军不变",
        "headline_shadow": "{name}影子运行中",
        "headline_waiting": "{name}等待第二人复核",
        "headline_canary": "{name}承担 {share} 流量",
        "headline_draft": "{name}超出预先约定的范围，提请第二人复核",
        "headline_promote": "{name}晋升为冠军",
        "headline_abort": "放弃挑战者",
        "headline_roll_back": "冠军被收回",
        "came": "新增决策 {decided} 笔；此前的决策中有 {told} 笔表现期届满，其中坏 {bads} 笔。",
        "window": "窗口内成熟样本 {mature} 行，坏 {bads} 行；另有 {immature} 行未到表现期，暂不计入。",
        "set_aside": "被拒收日期的 {rows} 行仍被隔离。",
        "adopted": "有人手工发布了另一个模型：它成为新的冠军，在途的挑战者就此结束。",
        "gate_passed": "数据与往日一致。",
        "gate_noted": "数据可用，但有以下情况：",
        "gate_refused": "数据被拒收：",
        "gate_skipped": "没有新数据，未作判断。",
        "hard": "**拒收：**",
        "warn": "注意：",
        "quarantine_decided": "当日决策的数据被隔离，今后也不用于训练。",
        "quarantine_told": "当日到达的标签被隔离，今后也不用于训练。",
        "watch_skipped": "数据不可信，未据此评价冠军。",
        "watch_nothing": "无法评价冠军：尚无两类成熟结果。",
        "champion": "冠军在最近的成熟周：AUC {value}，{rows} 行，坏 {bads} 行；预期与实际坏样本之比 {calibration}。",
        "predecessor": "与被替换的模型相比（任内坏样本 {bads} 行）：{difference}（{low} – {high}）。",
        "predecessor_early": "任内坏样本仅 {bads} 行，尚不足以与被替换的模型比较。",
        "take_back": "收回冠军：{why}。",
        "train_skipped": "未训练：{why}。",
        "trained": "训练了{names}：{rows} 行，坏 {bads} 行，{first} 至 {last}。",
        "not_trained": "{name}无法训练：`{code}`。",
        "compared": (
            "{name}：AUC {candidate}，冠军 {champion}；差值 {difference}（{low} – {high}），坏样本 {bads} 行，"
            "按第 {look} 次检视的水平下限 {strict}；预期与实际之比 {calibration}：{rule}。"
        ),
        "check_passed": "{name}通过挑战者门禁。",
        "check_refused": "{name}未通过挑战者门禁：{why}。",
        "tuned": (
            "{at}，现为 {stands}：在 {first} 至 {last} 的 {decisions} 笔决策上，{tried} 个备选值中 {value} 最优。新增通过：{gained}；"
            "不再通过：{lost}；通过率变化 {shift} 个百分点。每千笔决策的价值（以好客户计）：未知结果全好时 {all_good}，"
            "全坏时 {all_bad}（变动决策中 {unknown} 结果未知）；按第 {look} 次检视的水平下限 {strict}：{why}。"
        ),
        "tuned_not": "{at}：{why}。",
        "outcomes": "好 {good}、坏 {bad}、未知 {unknown}",
        "tune_proposed": "已提交草稿 `{draft}` 作为建议；经人工复核并发布之前不作任何变动",
        "tune_number_stays": "未能证明更好，阈值不变",
        "tune_declined_before": "{proposed} 曾被{who}退回（{words}），此后证据尚未翻倍",
        "tune_proposal_waiting": "以 {proposed} 代替 {stands} 的建议等待复核",
        "tune_proposal_approved": "以 {proposed} 代替 {stands} 的建议已批准，等待发布",
        "tune_no_such_number": "现行策略中没有这个阈值",
        "tune_nothing_to_try": "评判日内没有可比较的备选值",
        "beside_shadow": "影子运行，{name}第 {day} 天：",
        "beside_waiting": "{name}等待期间：",
        "beside_canary": "灰度，{name}承担 {share}：",
        "beside": (
            "在 {decisions} 笔决策上，通过率变化 {shift} 个百分点，{changed} 的通过结论改变，PSI {psi}；"
            "与最近一次人工验证的模型相差 {validated} 个百分点。"
        ),
        "move_stay": "不作变动：{why}。",
        "move_shadow": "{name}开始影子运行：{why}。",
        "move_draft": "{name}作为草稿提交第二人复核：{why}。",
        "move_canary": "{name}明日起承担 {share}：{why}，签署人 {who}。",
        "move_promote": "{name}明日起承担全部决策：{why}，签署人 {who}。",
        "move_abort": "放弃挑战者：{why}。{words}",
        "move_roll_back": "回滚到前一个模型：{why}。",
        "not_released": "发布被拒绝（`{code}`）：{words}",
        "live": "在线模型 `{model}`，自 {since} 起，发布 `{release}`。",
    },
}

_TERMS: Final[dict[Language, dict[str, dict[str, str]]]] = {
    "en": {
        "candidate": {"refit": "The refit"},
        "joint": {"": "; "},
        "why": {
            "better": "better, beyond what all looks together may owe to chance",
            "calibration_repaired": "not worse, and its probabilities are right where the champion's no longer are",
            "repair": "it repairs the calibration",
            "age": "the champion is due for a refresh",
            "champion_due": "not worse, and the champion is due for a refresh",
            "not_better": "not worse, but that is no reason to change",
            "not_shown_not_worse": "not shown to be no worse",
            "too_few_bads": "too few bad outcomes to conclude anything",
            "champion_stays": "no candidate has shown enough",
            "feed_refused": "the day's rows are not trusted",
            "no_look_today": "the comparison is only recorded; the next look is not due, and every look costs certainty",
            "resting": "the last change is too fresh for another challenger",
            "shadow_goes_on": "the shadow is not long enough yet",
            "canary_goes_on": "the share is not old enough yet",
            "canary_kept_within": "the canary kept within its limits",
            "inside_envelope": "inside the envelope agreed beforehand",
            "let_on": "a person let it on after the gates had refused it",
            "too_good_input": "an input ranks the outcome better than anything known beforehand",
            "too_good_jump": "it is better than is believed without looking",
            "approved": "approved by a second person",
            "declined": "declined by a second person",
            "waits_for_review": "a second person has to say",
            "no_envelope": "the plan has no envelope",
            "plan_not_reviewed": "the plan is not live as it stands, so nobody has agreed to its envelope",
            "kind_not_allowed": "the envelope does not allow this kind of change",
            "approval_shift": "it moves the approval rate by more than the envelope allows",
            "score_psi": "it moves the scores by more than the envelope allows",
            "far_from_validated": "it is further from the last validated model than the envelope allows",
            "approvals_move": "the approval rate moves by more than the watch allows",
            "scores_move": "the scores move by more than the gate allows",
            "predecessor_better": "the model before would have done better",
            "challenger_refused": "the challenger was refused",
            "no_traffic": "there was no traffic to compare on",
            "nothing_came": "nothing came",
        },
    },
    "zh-CN": {
        "candidate": {"refit": "重训模型"},
        "joint": {"": "；"},
        "why": {
            "better": "更好，且超出历次检视合计可归因于偶然的程度",
            "calibration_repaired": "不差于冠军，且在冠军概率失准之处概率准确",
            "repair": "修复校准",
            "age": "冠军已到更新期限",
            "champion_due": "不差于冠军，且冠军已到更新期限",
            "not_better": "不差于冠军，但没有更换的理由",
            "not_shown_not_worse": "未能证明不差于冠军",
            "too_few_bads": "坏样本太少，不能下结论",
            "champion_stays": "没有候选模型证据充分",
            "feed_refused": "当日数据不可信",
            "no_look_today": "比较仅作记录；尚未到下一次检视的日子，每多看一次都要付出确定性",
            "resting": "距上次变更太近，不再派出挑战者",
            "shadow_goes_on": "影子期未满",
            "canary_goes_on": "灰度期未满",
            "canary_kept_within": "灰度期内各项均在限内",
            "inside_envelope": "在预先约定的范围之内",
            "let_on": "门禁拒绝后由人工放行",
            "too_good_input": "某个变量的区分力超出事前信息的可能",
            "too_good_jump": "提升幅度好得不真实，需先查看",
            "approved": "第二人已批准",
            "declined": "第二人已拒绝",
            "waits_for_review": "等待第二人答复",
            "no_envelope": "计划未约定自动晋升范围",
            "plan_not_reviewed": "计划的现行版本未发布，其自动晋升范围无人认可",
            "kind_not_allowed": "约定范围不允许此类变更",
            "approval_shift": "通过率变化超出约定范围",
            "score_psi": "评分分布变化超出约定范围",
            "far_from_validated": "与最近一次人工验证的模型差异超出约定范围",
            "approvals_move": "通过率变化超出监控限值",
            "scores_move": "评分分布变化超出门禁限值",
            "predecessor_better": "前一个模型会做得更好",
            "challenger_refused": "挑战者被门禁拒绝",
            "no_traffic": "没有可比较的流量",
            "nothing_came": "没有新数据",
        },
    },
}


def word(language: Language, kind: str, code: str) -> str:
    """What a stable code is called; a name that somebody gave is its own word."""
    return _TERMS[language].get(kind, {}).get(code, code)
