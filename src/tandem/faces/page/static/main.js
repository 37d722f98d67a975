import { ask, el, show } from "./dom.js";
import { current, otherLanguage, t, translate } from "./words.js";
import { showExplanation, showNothingChosen } from "./explanation.js";
import { Stream } from "./stream.js";
import { showTiles } from "./tiles.js";

const byId = (id) => document.getElementById(id);
const THEMES = ["auto", "light", "dark"];
const NARROW = window.matchMedia("(max-width: 60rem)");

let status = null;
let metrics = [];
let chosen = null;

const stream = new Stream(byId("stream"), byId("pace"), choose, showState);

function choose(id, { move = true } = {}) {
  chosen = id;
  stream.mark(id);
  history.replaceState(null, "", `#${encodeURIComponent(id)}`);
  showExplanation(byId("explanation"), id);
  if (move && NARROW.matches) byId("why").scrollIntoView({ block: "start" });
}

function showState() {
  const place = byId("state");
  const state = stream.paused ? "waiting" : stream.state;
  place.dataset.state = state;
  const words = stream.paused ? t("paused") : t(state);
  place.textContent = status && !status.release ? `${words} · ${t("no_release")}` : words;
}

function showNotices() {
  const place = byId("notice");
  const notices = status?.notices ?? [];
  place.hidden = notices.length === 0;
  show(place, el("strong", {}, t("about"), current() === "zh" ? "：" : ": "), notices.map((one) => one[current()] ?? one.en).join(" "));
}

function showAll() {
  translate();
  const theme = document.documentElement.dataset.theme ?? "auto";
  byId("theme").textContent = t(`theme_${theme}`);
  byId("language").textContent = t("language");
  byId("language").lang = current() === "zh" ? "en" : "zh-CN";
  byId("pause").textContent = t(stream.paused ? "resume" : "pause");
  showState();
  showNotices();
  showTiles(byId("tiles"), status, metrics);
  stream.show();
  if (chosen) showExplanation(byId("explanation"), chosen);
  else showNothingChosen(byId("explanation"));
}

function setTheme(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try { localStorage.setItem("tandem.theme", theme); } catch { /* the choice lasts until the page is closed */ }
  byId("theme").textContent = t(`theme_${theme}`);
}

async function refresh() {
  try {
    status = await ask("/v1/status");
    byId("workspace").textContent = status.workspace;
    document.title = `${status.workspace} · Tandem`;
    showNotices();
    showState();
    showTiles(byId("tiles"), status, metrics);
  } catch { /* the stream says that the connection is lost */ }
}

async function refreshMetrics() {
  try {
    metrics = (await ask("/v1/metrics")).metrics;
    showTiles(byId("tiles"), status, metrics);
  } catch { /* as above */ }
}

byId("theme").addEventListener("click", () => {
  const now = document.documentElement.dataset.theme ?? "auto";
  setTheme(THEMES[(THEMES.indexOf(now) + 1) % THEMES.length]);
});
byId("language").addEventListener("click", () => { otherLanguage(); showAll(); });
byId("pause").addEventListener("click", () => {
  stream.setPaused(!stream.paused);
  byId("pause").setAttribute("aria-pressed", String(stream.paused));
  byId("pause").textContent = t(stream.paused ? "resume" : "pause");
  showState();
});

try { setTheme(localStorage.getItem("tandem.theme") ?? "auto"); } catch { /* the system's theme serves */ }
showAll();
await Promise.all([refresh(), refreshMetrics(), stream.start()]);
const asked = decodeURIComponent(location.hash.slice(1));
const first = asked || stream.newest();
if (first) choose(first, { move: Boolean(asked) });
setInterval(refresh, 2000);
setInterval(refreshMetrics, 15000);
