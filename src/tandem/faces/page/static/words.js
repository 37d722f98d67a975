// Every word of the page, in both languages. One concept, one word, as in the glossary.

const EN = {
  skip: "Skip to the decisions", tiles: "Measures", stream: "Decisions as they are taken", why: "One decision, explained",
  foot: "Answers are sent after they are on disk; every one can be explained and repeated.",
  pause: "Pause", resume: "Resume", theme: "Theme", theme_light: "Theme: light", theme_dark: "Theme: dark",
  theme_auto: "Theme: as the system", language: "中文",
  live: "Live", waiting: "Connecting …", lost: "No connection; trying again …", paused: "Paused",
  no_release: "No release is live yet",
  time: "Time", event: "Event", outcome: "Outcome", reason: "First reason", score: "Score", latency: "Took",
  approve: "Approve", review: "Review", decline: "Decline",
  none_title: "Nothing decided yet", none_hint: "Send an event, and it appears here:",
  choose_title: "Choose a decision", choose_hint: "Select one in the list to see why it was taken.",
  failed_title: "This could not be loaded", again: "Try again", loading: "Loading …",
  pace: "{rate} a second", since: "{count} since this page was opened", left_out: "{count} not listed: they came too fast to read",
  decided: "Decisions since the start", approved_share: "Approved", reviewed_share: "To review", declined_share: "Declined",
  p50: "Half are answered within", p99: "99 of 100 within", definition: "Definition",
  def_decided: "Decisions this server has answered since it was started.",
  def_share: "Share of the decisions answered since the server was started.",
  def_latency: "From the first byte of the request to the answer, with the write to disk; upper bound of the histogram's bin.",
  as_of: "as of {time}", no_value: "no data yet",
  reasons: "Reasons, as a customer would read them", no_reasons: "No reason was needed.",
  path: "The way through the policy", condition: "Condition", value: "Value", threshold: "Threshold", verdict: "Holds",
  yes: "yes", no: "no", unknown: "unknown: a fact is missing", missing: "missing",
  contributions: "What moved the score", raises: "raises the risk", lowers: "lowers the risk",
  inputs: "Everything that was known", facts: "Facts used", scores: "Scores", limit: "Limit", price: "Price", actions: "Next actions",
  decision_id: "Decision", event_id: "Event", event_type: "Type", policy: "Policy", release: "Release", occurred: "Happened",
  decided_at: "Decided", erased: "The personal inputs of this decision were erased.", stage: "stage", fired: "fired", not_fired: "did not fire",
  replay: "Decide again from the record", replay_same: "Decided again: the same, in every part.",
  replay_differs: "Decided again: something differs.", replay_erased: "Cannot be repeated: the person's data was erased.",
  name: "Name", unit_ms: "ms", unit_share: "%",
  kind_lists: "lists", kind_rules: "rules", kind_table: "decision table", kind_scorecard: "scorecard", kind_model: "model",
  kind_switch: "switch", kind_split: "split", kind_set: "values", kind_decide: "verdict",
  taken: "taken: {name}", fired_of: "{fired} of {count} fired", not_needed: "not needed", not_tried: "not tried", points: "points",
  source_event: "from the event", source_feature: "feature", set_to: "{name} = {value}", then: "Leads to",
  probability: "probability", margin: "log-odds", agrees: "Computed anew for this page: comes to the same outcome.",
  disagrees: "Computed anew, this comes to another outcome. Please report it.", only_top: "The inputs that raised the score most, in log-odds.",
  about: "About this workspace",
};
const ZH = {
  skip: "跳到决策列表", tiles: "指标", stream: "实时决策", why: "单笔决策的解释",
  foot: "结果落盘之后才返回；每一笔决策都可解释、可重放。",
  pause: "暂停", resume: "继续", theme: "外观", theme_light: "外观：浅色", theme_dark: "外观：深色", theme_auto: "外观：跟随系统",
  language: "English",
  live: "实时", waiting: "正在连接……", lost: "连接已断开，正在重试……", paused: "已暂停", no_release: "尚无已发布的版本",
  time: "时间", event: "事件", outcome: "处置结果", reason: "首要原因", score: "评分", latency: "耗时",
  approve: "通过", review: "人工审核", decline: "拒绝",
  none_title: "还没有决策", none_hint: "发送一个事件，决策就会出现在这里:",
  choose_title: "请选择一笔决策", choose_hint: "在列表中选择一笔，查看作出该决策的原因。",
  failed_title: "加载失败", again: "重试", loading: "加载中……",
  pace: "每秒 {rate} 笔", since: "打开页面以来 {count} 笔", left_out: "另有 {count} 笔来得太快，未列出",
  decided: "启动以来的决策数", approved_share: "通过", reviewed_share: "人工审核", declined_share: "拒绝",
  p50: "半数在此时间内返回", p99: "99% 在此时间内返回", definition: "口径",
  def_decided: "本服务启动以来已返回的决策数。", def_share: "在本服务启动以来已返回的决策中的占比。",
  def_latency: "从收到请求到返回结果的时间，含落盘；取直方图区间上界。",
  as_of: "截至 {time}", no_value: "暂无数据",
  reasons: "可告知客户的原因", no_reasons: "无需说明原因。",
  path: "策略执行路径", condition: "条件", value: "取值", threshold: "阈值", verdict: "是否成立",
  yes: "是", no: "否", unknown: "未知：缺少事实", missing: "缺失",
  contributions: "影响评分的因素", raises: "推高风险", lowers: "降低风险",
  inputs: "当时已知的全部信息", facts: "使用的事实", scores: "评分", limit: "额度", price: "定价", actions: "后续动作",
  decision_id: "决策", event_id: "事件", event_type: "事件类型", policy: "策略", release: "发布版本", occurred: "发生时间",
  decided_at: "决策时间", erased: "该决策的个人信息已被删除。", stage: "环节", fired: "已触发", not_fired: "未触发",
  replay: "按记录重放", replay_same: "重放结果：完全一致。", replay_differs: "重放结果：存在差异。",
  replay_erased: "无法重放：个人数据已删除。",
  name: "名称", unit_ms: "毫秒", unit_share: "%",
  kind_lists: "名单", kind_rules: "规则", kind_table: "决策表", kind_scorecard: "评分卡", kind_model: "模型",
  kind_switch: "分支", kind_split: "分流", kind_set: "变量", kind_decide: "结论",
  taken: "命中：{name}", fired_of: "{count} 条中触发 {fired} 条", not_needed: "未用到", not_tried: "未执行", points: "分值",
  source_event: "来自事件", source_feature: "特征", set_to: "{name} = {value}", then: "结果",
  probability: "概率", margin: "对数几率", agrees: "本页重新计算，结果一致。",
  disagrees: "重新计算的结果不同，请反馈此问题。", only_top: "推高评分最多的输入，单位为对数几率。",
  about: "关于本工作区",
};
const ALL = { en: EN, zh: ZH };

let language = "en";
try {
  language = localStorage.getItem("tandem.language") ?? (navigator.language.startsWith("zh") ? "zh" : "en");
} catch { /* storage may be closed to us; the default serves */ }
if (!(language in ALL)) language = "en";

export const current = () => language;
export const locale = () => (language === "zh" ? "zh-CN" : "en-GB");

export function t(key, values = {}) {
  return (ALL[language][key] ?? key.replace(/^kind_/, "")).replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export function otherLanguage() {
  language = language === "zh" ? "en" : "zh";
  try { localStorage.setItem("tandem.language", language); } catch { /* see above */ }
}

export function translate() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const node of document.querySelectorAll("[data-words]")) node.textContent = t(node.dataset.words);
}

// Text that an artefact carries in both languages.
export const inWords = (text) => (text && typeof text === "object" ? (text[language] || text.en || text.zh || "") : (text ?? ""));

export const number = (value, digits = 0) =>
  new Intl.NumberFormat(locale(), { maximumFractionDigits: digits, minimumFractionDigits: 0 }).format(value);

export const clock = (instant) =>
  new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false }).format(new Date(instant));

export const moment = (instant) =>
  new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "medium", hour12: false }).format(new Date(instant));
