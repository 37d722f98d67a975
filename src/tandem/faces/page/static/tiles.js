import { el, show } from "./dom.js";
import { clock, inWords, number, t } from "./words.js";

const NONE = "—";

// Numbers with their definition beside them. Those of the metric centre carry the SQL they were computed by.
export function showTiles(place, status, metrics) {
  const open = new Set([...place.querySelectorAll("details[open]")].map((one) => one.dataset.name));
  const tiles = status ? [...ofServer(status), ...metrics.map(ofMetric)] : [];
  show(place, tiles.map((one) => tile(one, open.has(one.name))));
}

function ofServer({ decided, latency_us }) {
  const total = Object.values(decided).reduce((sum, one) => sum + one, 0);
  const share = (outcome) => (total ? `${number((100 * (decided[outcome] ?? 0)) / total, 1)}` : NONE);
  const latency = (value) => (value === null ? NONE : number(value / 1000, 2));
  return [
    { name: "decided", label: t("decided"), value: number(total), definition: t("def_decided") },
    { name: "approve", label: t("approved_share"), value: share("approve"), unit: t("unit_share"), definition: t("def_share") },
    { name: "review", label: t("reviewed_share"), value: share("review"), unit: t("unit_share"), definition: t("def_share") },
    { name: "decline", label: t("declined_share"), value: share("decline"), unit: t("unit_share"), definition: t("def_share") },
    { name: "p50", label: t("p50"), value: latency(latency_us.p50), unit: t("unit_ms"), definition: t("def_latency") },
    { name: "p99", label: t("p99"), value: latency(latency_us.p99), unit: t("unit_ms"), definition: t("def_latency") },
  ];
}

function ofMetric({ name, title, description, unit, value, as_of, sql }) {
  const isShare = unit === "share";
  const shown = value === null ? NONE : number(isShare ? 100 * value : value, 2);
  const when = value === null ? t("no_value") : as_of ? t("as_of", { time: clock(as_of) }) : "";
  return { name, label: inWords(title) || name, value: shown, unit: isShare ? "%" : unit, when, definition: inWords(description), sql };
}

function tile({ name, label, value, unit, when, definition, sql }, isOpen) {
  const details = el("details", { open: isOpen }, el("summary", {}, t("definition")), el("p", {}, definition), sql && el("code", { class: "mono" }, sql));
  details.dataset.name = name;
  return el("div", { class: "tile" }, el("p", { class: "label" }, label),
    el("p", { class: "value" }, value, unit && value !== NONE && el("span", { class: "unit" }, unit)),
    when && el("p", { class: "quiet" }, when), details);
}
