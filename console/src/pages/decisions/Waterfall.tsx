import { Button } from "@mantine/core";
import { Fragment, useState } from "react";
import { useTranslation } from "react-i18next";
import { Block, fixed, inWords, percent, useFieldText } from "../../kit";
import classes from "./decision.module.css";
import type { Contribution, Input, Stage } from "./trace";

const FIRST = 8;

const signed = (value: number): string => `${value < 0 ? "−" : "+"}${fixed(Math.abs(value))}`;
const plainly = (value: number): string => signed(value).replace("+", "");

/** A name that may go on in the next line after each of its words. */
const broken = (name: string) => name.split("_").map((part, place) => <Fragment key={place}>{place > 0 ? <>{"_"}<wbr /></> : null}{part}</Fragment>);

/** Where each bar begins and ends, one after the other from `start`. */
function stepped(contributions: readonly Contribution[], start: number): (Contribution & { from: number; to: number })[] {
  let at = start;
  return contributions.map((one) => {
    const from = at;
    at += one.contribution;
    return { ...one, from, to: at };
  });
}

/** What moved a score: from everything else, input by input, to the score, in log-odds. A table whose cells draw. */
export function Waterfall({ stage, inputs }: { stage: Stage; inputs: Record<string, Input> }) {
  const { t } = useTranslation("decision");
  const text = useFieldText();
  const [all, setAll] = useState(false);
  const margin = Number(stage.values?.["margin"] ?? 0);
  const probability = stage.values?.["probability"];
  const sorted = [...(stage.contributions ?? [])].sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const shown = all ? sorted : sorted.slice(0, FIRST);
  const rest = margin - shown.reduce((sum, one) => sum + one.contribution, 0);
  const steps = stepped(shown, rest);
  const ends = [0, rest, margin, ...steps.flatMap(({ from, to }) => [from, to])];
  const least = Math.min(...ends);
  const span = Math.max(...ends) - least || 1;
  const place = (value: number): number => ((value - least) / span) * 100;
  return (
    <Block title={t("waterfall", { name: stage.stage })}
      note={typeof probability === "number" ? t("waterfall_note", { probability: percent(probability, 2), margin: plainly(margin) }) : undefined}
      actions={sorted.length > FIRST ? <Button size="compact-sm" variant="default" onClick={() => setAll(!all)}>{t(all ? "fewer" : "all_inputs", { count: sorted.length })}</Button> : undefined}>
      <p className={classes.legend}>
        <span data-way="up">{t("raises")}</span><span data-way="down">{t("lowers")}</span>
      </p>
      <table className={classes.waterfall}>
        <thead className="visually-hidden"><tr><th scope="col">{t("input")}</th><th scope="col">{t("value")}</th><th scope="col">{t("bar")}</th><th scope="col">{t("contribution")}</th></tr></thead>
        <tbody>
          <Line name={t("all_else")} from={place(0)} to={place(rest)} way="base" said={signed(rest)} />
          {steps.map(({ input, value, contribution, from, to }) => (
            <Line key={input} name={input} more={inWords(inputs[input])} value={text(input, value) || t("none")} from={place(from)} to={place(to)} way={contribution >= 0 ? "up" : "down"} said={signed(contribution)} />
          ))}
          <Line name={t("score")} from={place(0)} to={place(margin)} way="total" said={plainly(margin)} />
        </tbody>
      </table>
    </Block>
  );
}

interface LineProps {
  name: string;
  more?: string;
  value?: string;
  from: number;
  to: number;
  way: "base" | "up" | "down" | "total";
  said: string;
}

function Line({ name, more, value, from, to, way, said }: LineProps) {
  return (
    <tr data-way={way}>
      <th scope="row" title={more || undefined}>{broken(name)}</th>
      <td className="number">{value}</td>
      <td aria-hidden><span className={classes.track}><span className={classes.bar} style={{ left: `${Math.min(from, to)}%`, width: `max(2px, ${Math.abs(to - from)}%)` }} /></span></td>
      <td className="number">{said}</td>
    </tr>
  );
}
