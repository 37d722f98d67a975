import type { Shape as Api } from "../../api";
import classes from "./rings.module.css";

const WIDTH = 140;
const HEIGHT = 30;

/** How a ring came to its size, as a small line in steps. Its page has the same as a table. */
export function Growth({ timeline }: { timeline: readonly Api<"RingMoment">[] }) {
  if (timeline.length < 2) return null;
  const times = timeline.map(({ at }) => Date.parse(at));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const most = Math.max(...timeline.map(({ size }) => size));
  const x = (at: number): number => 2 + (last === first ? 0.5 : (at - first) / (last - first)) * (WIDTH - 4);
  const y = (size: number): number => HEIGHT - 2 - (size / most) * (HEIGHT - 4);
  const line = timeline.map(({ size }, place) => `${place === 0 ? "M" : "H"}${x(times[place]!).toFixed(1)}${place === 0 ? ` ${y(0).toFixed(1)}` : ""}V${y(size).toFixed(1)}`).join("");
  return <svg className={classes.spark} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden><path d={line} /></svg>;
}
