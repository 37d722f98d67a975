import { ask, el, show } from "./dom.js";
import { clock, inWords, number, t } from "./words.js";

const SHOWN = 40;
const EXAMPLE = "curl -s localhost:8321/v1/decisions -H 'Content-Type: application/json' -d @data/application.json";

/** Two lists as one, newest first, each decision once: a list that was asked for may be older than what the stream brought since. */
function together(one, other) {
  const each = new Map([...one, ...other].map((item) => [item.answer.decision_id, item]));
  return [...each.values()].sort((a, b) => b.trail.event_seq - a.trail.event_seq).slice(0, SHOWN);
}

// The list of decisions: loaded once, then fed by server-sent events.
export class Stream {
  constructor(place, pace, onChoose, onState) {
    this.place = place;
    this.pace = pace;
    this.onChoose = onChoose;
    this.onState = onState;
    this.items = [];
    this.state = "waiting";
    this.paused = false;
    this.chosen = null;
    this.failed = null;
    this.count = 0;
    this.leftOut = 0;
    this.recent = [];
    this.body = null;
  }

  newest() { return this.items[0]?.answer.decision_id ?? null; }

  async start() {
    try {
      this.items = (await ask(`/v1/decisions?limit=${SHOWN}`)).decisions;
      this.failed = null;
    } catch (error) {
      this.failed = error.message;
    }
    this.show();
    this.listen();
  }

  listen() {
    this.source?.close();
    this.source = new EventSource("/v1/stream");
    this.source.onopen = () => this.turn("live");
    this.source.onerror = () => this.turn("lost");
    this.source.addEventListener("decisions", (message) => this.take(JSON.parse(message.data)));
    setInterval(() => this.showPace(), 1000);
  }

  turn(state) {
    this.state = state;
    this.onState();
    // What was decided between the list and the stream, or while the connection was lost, is fetched now.
    if (state === "live") this.reload();
  }

  async reload() {
    try {
      this.items = together((await ask(`/v1/decisions?limit=${SHOWN}`)).decisions, this.items);
      this.failed = null;
      this.show();
    } catch { /* the next message will do */ }
  }

  setPaused(paused) {
    this.paused = paused;
    if (!paused) this.show();
  }

  take({ decisions, left_out }) {
    const now = performance.now();
    this.count += decisions.length + left_out;
    this.leftOut += left_out;
    this.recent.push([now, decisions.length + left_out]);
    const fresh = decisions.slice().reverse();
    this.items = [...fresh, ...this.items].slice(0, SHOWN);
    if (this.paused) return;
    if (!this.body || this.failed) { this.failed = null; this.show(); return; }
    // Rows come in above and go out below; the others stay, so that focus and selection are not lost.
    for (const item of decisions) this.body.prepend(this.row(item, true));
    while (this.body.rows.length > SHOWN) {
      const last = this.body.rows[this.body.rows.length - 1];
      if (last.contains(document.activeElement)) this.place.focus({ preventScroll: true });
      last.remove();
    }
  }

  mark(id) {
    this.chosen = id;
    for (const row of this.body?.rows ?? []) this.paint(row);
  }

  paint(row) {
    const is = row.dataset.id === this.chosen;
    row.classList.toggle("chosen", is);
    row.querySelector(".pick").setAttribute("aria-pressed", String(is));
  }

  show() {
    // Rows are made anew; somebody who stands on one by keyboard goes on standing there.
    const held = this.place.contains(document.activeElement) ? document.activeElement.closest("tr")?.dataset.id : null;
    this.render();
    if (held) this.body?.querySelector(`tr[data-id="${CSS.escape(held)}"] .pick`)?.focus({ preventScroll: true });
  }

  render() {
    this.showPace();
    this.body = null;
    if (this.failed) {
      show(this.place, el("div", { class: "empty error", role: "alert" },
        el("strong", {}, t("failed_title")), this.failed, " ",
        el("button", { type: "button", class: "plain", onclick: () => this.start() }, t("again"))));
      return;
    }
    if (this.items.length === 0) {
      show(this.place, el("div", { class: "empty" }, el("strong", {}, t("none_title")), el("p", {}, t("none_hint")), el("code", {}, EXAMPLE)));
      return;
    }
    this.body = el("tbody", {}, this.items.map((item) => this.row(item, false)));
    show(this.place, el("div", { class: "scroll" }, el("table", { "aria-labelledby": "stream-title" },
      el("thead", {}, el("tr", {},
        el("th", { scope: "col" }, t("time")), el("th", { scope: "col" }, t("event")), el("th", { scope: "col" }, t("outcome")),
        el("th", { scope: "col" }, t("reason")), el("th", { scope: "col", class: "number optional" }, t("score")),
        el("th", { scope: "col", class: "number optional" }, t("latency")))),
      this.body)));
  }

  row({ answer, trail, recorded_at }, isNew) {
    const score = Object.values(answer.scores)[0]?.probability;
    const took = Object.values(trail.timings_us).reduce((sum, one) => sum + one, 0);
    const row = el("tr", { class: isNew ? "choice new" : "choice", onclick: () => this.onChoose(answer.decision_id) },
      el("td", {}, el("button", { type: "button", class: "pick", "aria-pressed": "false",
        onclick: (event) => { event.stopPropagation(); this.onChoose(answer.decision_id); } }, clock(recorded_at))),
      el("td", {}, trail.event_type, " ", el("span", { class: "mono quiet" }, answer.event_id)),
      el("td", {}, el("span", { class: `chip ${answer.outcome}` }, t(answer.outcome))),
      el("td", {}, answer.reasons.length ? inWords(answer.reasons[0]) || answer.reasons[0].code : "—"),
      el("td", { class: "number optional" }, score === undefined ? "—" : number(score, 4)),
      el("td", { class: "number optional" }, `${number(took / 1000, 2)} ${t("unit_ms")}`));
    row.dataset.id = answer.decision_id;
    this.paint(row);
    return row;
  }

  showPace() {
    const now = performance.now();
    this.recent = this.recent.filter(([at]) => now - at < 5000);
    if (this.count === 0) { this.pace.textContent = ""; return; }
    const rate = this.recent.reduce((sum, [, count]) => sum + count, 0) / 5;
    const parts = [t("pace", { rate: number(rate, rate < 10 ? 1 : 0) }), t("since", { count: number(this.count) })];
    if (this.leftOut) parts.push(t("left_out", { count: number(this.leftOut) }));
    this.pace.textContent = parts.join(" · ");
  }
}
