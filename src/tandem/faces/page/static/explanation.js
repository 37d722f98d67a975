import { ask, el, show } from "./dom.js";
import { current, inWords, moment, number, t } from "./words.js";

let shownFor = null;

export function showNothingChosen(place) {
  shownFor = null;
  show(place, el("div", { class: "empty" }, el("strong", {}, t("choose_title")), t("choose_hint")));
}

export async function showExplanation(place, id) {
  const isSame = shownFor === id;
  shownFor = id;
  if (!isSame) show(place, el("p", { class: "empty" }, t("loading")));
  try {
    const found = await ask(`/v1/decisions/${encodeURIComponent(id)}/explanation`);
    if (shownFor === id) show(place, explained(found));
  } catch (error) {
    if (shownFor !== id) return;
    show(place, el("div", { class: "empty error", role: "alert" }, el("strong", {}, t("failed_title")), error.message, " ",
      el("button", { type: "button", class: "plain", onclick: () => showExplanation(place, id) }, t("again"))));
  }
}

function explained(found) {
  const { answer, trace, inputs } = found;
  return [
    verdict(found),
    block(t("reasons"), reasons(answer.reasons)),
    found.erased ? el("p", { class: "notice" }, t("erased")) : null,
    ...(trace?.stages ?? []).filter((one) => one.contributions?.length).map((one) => block(`${t("contributions")} · ${one.stage}`, bars(one, inputs))),
    trace ? block(t("path"), el("ol", { class: "path" }, trace.stages.map((one) => stage(one, inputs))), agreement(found)) : null,
    inputs ? block(null, facts(inputs)) : null,
    block(null, replay(found.decision_id)),
  ];
}

const block = (title, ...inside) => el("section", { class: "block" }, title && el("h3", {}, title), ...inside);

function verdict({ answer, trail, recorded_at }) {
  const terms = [];
  if (answer.limit_minor !== undefined) terms.push([t("limit"), number(answer.limit_minor / 100, 2)]);
  for (const [part, value] of Object.entries(answer.price ?? {})) terms.push([`${t("price")} · ${part}`, plain(value)]);
  if (answer.actions.length) terms.push([t("actions"), answer.actions.join(", ")]);
  const pairs = [
    ...terms,
    ...Object.entries(answer.scores).map(([name, value]) => [`${t("score")} · ${name}`, number(value.probability, 4)]),
    [t("event_id"), el("span", { class: "mono" }, answer.event_id)],
    [t("event_type"), trail.event_type],
    [t("occurred"), moment(trail.occurred_at / 1000)],
    [t("decided_at"), moment(recorded_at)],
    [t("policy"), answer.policy],
    [t("release"), el("span", { class: "mono", title: answer.release }, answer.release.slice(0, 12))],
    [t("decision_id"), el("span", { class: "mono" }, answer.decision_id)],
  ];
  return el("div", {}, el("p", { class: "verdict" }, el("span", { class: `chip ${answer.outcome}` }, t(answer.outcome))),
    el("dl", { class: "pairs block" }, pairs.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])));
}

function reasons(given) {
  if (given.length === 0) return el("p", { class: "quiet" }, t("no_reasons"));
  return el("ol", { class: "reasons" }, given.map((one) =>
    el("li", {}, inWords(one) || one.code, " ", el("span", { class: "code mono" }, one.code))));
}

function stage(one, inputs) {
  const conditions = one.conditions ?? [];
  const fired = conditions.filter((each) => each.verdict === "fired").length;
  const isCard = one.kind === "scorecard";
  const summary = one.taken ? t("taken", { name: one.taken })
    : one.kind === "model" ? modelSummary(one)
    : conditions.length && !isCard ? t("fired_of", { fired: number(fired), count: number(conditions.length) })
    : assigned(one.values);
  const inside = [];
  if (conditions.length) inside.push(conditionTable(conditions, inputs, isCard));
  if (one.taken || conditions.length) { const set = assigned(one.values); if (set) inside.push(el("p", { class: "quiet" }, set)); }
  const head = [el("strong", {}, one.stage), el("span", { class: "kind" }, t(`kind_${one.kind}`) ?? one.kind), el("span", {}, summary)];
  if (inside.length === 0) return el("li", {}, el("div", { class: "inside flat" }, head.flatMap((each) => [each, " "])));
  const relevant = conditions.some((each) => each.verdict === "fired" || each.verdict === "unknown");
  return el("li", {}, el("details", { open: relevant && conditions.length <= 12 }, el("summary", {}, head), el("div", { class: "inside scroll" }, inside)));
}

function modelSummary({ values }) {
  if (!values || values.probability === undefined) return t("not_needed");
  const parts = [`${t("probability")} ${number(values.probability, 4)}`];
  if (values.points !== null && values.points !== undefined) parts.push(`${t("points")} ${number(values.points, 0)}`);
  return parts.join(" · ");
}

const assigned = (values) => Object.entries(values ?? {}).map(([name, value]) => t("set_to", { name, value: plain(value) })).join(", ");

function conditionTable(conditions, inputs, isCard) {
  return el("table", {}, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("name")), el("th", { scope: "col" }, t("condition")),
    el("th", { scope: "col" }, t("value")), el("th", { scope: "col" }, isCard ? t("points") : t("then")))),
  el("tbody", {}, conditions.map((one) => el("tr", {},
    el("td", {}, el("span", { class: MARKS[one.verdict], title: verdictWords(one.verdict) }), one.name,
      el("span", { class: "quiet" }, one.verdict === "fired" ? "" : ` ${verdictWords(one.verdict)}`)),
    el("td", {}, conditionText(one)),
    el("td", {}, values(one, inputs)),
    el("td", { class: isCard ? "number" : null }, isCard ? plain(one.value) : one.then ? el("span", { class: one.verdict === "fired" ? `chip ${one.then}` : "chip muted" }, t(one.then)) : "")))));
}

const MARKS = { fired: "holds", not_fired: "fails", unknown: "unknown", not_tried: "fails" };
const verdictWords = (verdict) => t(verdict === "unknown" ? "unknown" : verdict);

function conditionText(one) {
  if (one.cells?.length) return one.cells.map((cell) => el("div", { class: cell.holds === false ? "quiet" : null }, el("span", { class: "mono" }, `${cell.column} ${cell.test}`)));
  return el("span", { class: "mono" }, one.text ?? "");
}

// Every comparison with its value against its threshold, wherever the trace has it; else the facts the text names.
function values(one, inputs) {
  if (one.cells?.length) return one.cells.map((cell) => el("div", { class: "mono" }, `${cell.column} = ${plain(cell.value)}`));
  const compared = comparisons(one.steps);
  if (compared.length) return compared.map((line) => el("div", { class: "mono" }, line));
  if (one.verdict === "not_tried") return "";
  const names = [...new Set((one.text ?? "").match(/[a-z_][a-z0-9_]*/gi) ?? [])].filter((name) => inputs && name in inputs);
  return names.map((name) => el("div", { class: "mono" }, `${name} = ${plain(inputs[name].value)}`));
}

function comparisons(step) {
  if (!step) return [];
  if (Array.isArray(step)) return step.flatMap(comparisons);
  if (step.parts?.length) return step.parts.flatMap(comparisons);
  const known = (step.operands ?? []).filter((one) => !one.constant && one.text !== String(one.value));
  return known.map((one) => `${one.text} = ${plain(one.value)}`);
}

function bars({ contributions }, inputs) {
  const most = Math.max(...contributions.map((one) => Math.abs(one.contribution)), 1e-9);
  const rows = contributions.flatMap(({ input, contribution }) => {
    const width = (48 * Math.abs(contribution)) / most;
    const isUp = contribution >= 0;
    const fact = inputs?.[input];
    return [
      el("span", { class: "name" }, fact?.[current()] ?? input, " ", el("span", { class: "quiet mono" }, fact ? plain(fact.value) : "")),
      el("svg", { viewBox: "0 0 100 14", preserveAspectRatio: "none", "aria-hidden": "true" },
        el("rect", { class: isUp ? "up" : "down", x: isUp ? 50 : 50 - width, y: 2, width, height: 10, rx: 1 }),
        el("line", { class: "axis", x1: 50, y1: 0, x2: 50, y2: 14, "vector-effect": "non-scaling-stroke" })),
      el("span", { class: "number" }, `${isUp ? "+" : "−"}${number(Math.abs(contribution), 3)}`),
    ];
  });
  return [
    el("p", { class: "legend" }, el("span", {}, el("i", { class: "up" }), t("raises")), el("span", {}, el("i", { class: "down" }), t("lowers")), el("span", {}, t("only_top"))),
    el("div", { class: "bars" }, rows),
  ];
}

const agreement = ({ agrees }) => el("p", { class: "quiet" }, t(agrees ? "agrees" : "disagrees"));

function facts(inputs) {
  const rows = Object.entries(inputs).map(([name, one]) => el("tr", {},
    el("td", {}, el("span", { class: "mono" }, name), el("div", { class: "quiet" }, one[current()] ?? t(`source_${one.source}`))),
    el("td", { class: "number" }, one.value === null ? el("span", { class: "quiet" }, t("missing")) : plain(one.value))));
  return el("details", { class: "facts" }, el("summary", {}, `${t("inputs")} (${number(rows.length)})`),
    el("div", { class: "scroll" }, el("table", {}, el("tbody", {}, rows))));
}

function replay(id) {
  const said = el("span", { role: "status", "aria-live": "polite" });
  const again = async () => {
    said.textContent = t("loading");
    try {
      const response = await fetch(`/v1/decisions/${encodeURIComponent(id)}/replay`,
        { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" });
      const found = await response.json();
      if (!response.ok) throw new Error(found.detail);
      said.textContent = t(found.erased ? "replay_erased" : found.same ? "replay_same" : "replay_differs");
    } catch (error) {
      said.textContent = error.message;
    }
  };
  return [el("button", { type: "button", class: "plain", onclick: again }, t("replay")), " ", said];
}

function plain(value) {
  if (value === null || value === undefined) return t("missing");
  if (value === true) return t("yes");
  if (value === false) return t("no");
  return typeof value === "number" ? number(value, 6) : String(value);
}
