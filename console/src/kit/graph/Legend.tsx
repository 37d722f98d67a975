/** What shapes and colours of a drawn graph mean; always by a mark and a word. */
import type { ReactNode } from "react";
import classes from "./graph.module.css";
import type { Shape } from "./types";

const POINTS: Partial<Record<Shape, string>> = {
  square: "2,2 12,2 12,12 2,12", triangle: "7,1 13,12 1,12", diamond: "7,0.5 13.5,7 7,13.5 0.5,7", pentagon: "7,1 13,5.5 10.7,12.5 3.3,12.5 1,5.5",
  hexagon: "13,7 10,12.2 4,12.2 1,7 4,1.8 10,1.8", wedge: "7,13 13,2 1,2", bar: "0.5,4 13.5,4 13.5,10 0.5,10",
};

export function Mark({ shape, colour, ringed, dotted }: { shape: Shape; colour: string; ringed?: boolean; dotted?: boolean }) {
  const points = POINTS[shape];
  return (
    <svg width={14} height={14} viewBox="0 0 14 14" aria-hidden>
      {points ? <polygon points={points} fill={colour} /> : <circle cx={7} cy={7} r={ringed ? 4 : 5} fill={colour} />}
      {ringed ? <circle cx={7} cy={7} r={6} fill="none" stroke="var(--ink)" strokeWidth={1.75} /> : null}
      {dotted ? <circle cx={11} cy={3} r={2.5} fill="var(--ink)" /> : null}
    </svg>
  );
}

export interface LegendEntry {
  key: string;
  words: ReactNode;
  shape: Shape;
  colour: string;
  ringed?: boolean;
  dotted?: boolean;
}

export function Legend({ of, label }: { of: readonly LegendEntry[]; label: string }) {
  return <ul className={classes.legend} aria-label={label}>{of.map(({ key, words, ...mark }) => <li key={key}><Mark {...mark} />{words}</li>)}</ul>;
}
