/** The champion beside each live model, on the same test rows. */
import { Link } from "@tanstack/react-router";
import { Scale } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Block, Empty, fixed, PlainTable } from "../../kit";
import type { Figures } from "../models/figures";
import { within, type Report, type TrainingFigures } from "./figures";
import classes from "./training.module.css";

type Live = Shape<"LiveComparison">;

export function BesideLive({ report, figures }: { report: Report; figures: TrainingFigures }) {
  const { t } = useTranslation("training");
  const champion = figures.test[report.champion];
  if (report.live.length === 0 || !champion) return <Block label={t("live.title")}><Empty icon={Scale} title={t("live.none")} hint={t("live.none_hint")} /></Block>;
  return <div className={classes.stack}>{report.live.map((one) => <Beside key={one.name} live={one} champion={champion} family={report.champion} />)}</div>;
}

function Beside({ live, champion, family }: { live: Live; champion: Figures; family: string }) {
  const { t } = useTranslation("training");
  const theirs = live.figures as unknown as Figures | null;
  const name = <Link to={"/models/$name" as string} params={{ name: live.name } as never} className="mono">{live.name}</Link>;
  if (!theirs || live.difference === null) {
    return <Block title={<>{t("live.against")} {name}</>}><p>{live.missing.length > 0 ? t("live.missing", { names: live.missing.join(", ") }) : live.why}</p></Block>;
  }
  const verdict = (live.low ?? 0) > 0 ? "better" : (live.high ?? 0) < 0 ? "worse" : "even";
  const row = (label: string, of: (one: Figures) => number, digits: number) => [label, fixed(of(champion), digits), fixed(of(theirs), digits)];
  return (
    <Block title={<>{t("live.against")} {name}</>} note={t("live.note", { rows: champion.rows, bads: champion.bads })}>
      <ul className={classes.words}>
        <li data-verdict={verdict}>{t(`live.${verdict}`, { value: fixed(Math.abs(live.difference), 4), low: fixed(live.low ?? 0, 4), high: fixed(live.high ?? 0, 4) })}</li>
        {live.learned_from ? <li>{t("live.learned_from")}</li> : null}
      </ul>
      <div className={classes.wide} tabIndex={0} role="region" aria-label={t("live.figures")}>
        <PlainTable label={t("live.figures")} head={[t("live.figure"), t("live.new", { family: t(`families.${family}`) }), t("live.live")]} rows={[
          ["AUC", within(champion.auc, 4), within(theirs.auc, 4)],
          row("KS", (one) => one.ks, 3), row(t("report.ap"), (one) => one.average_precision, 3), row(t("report.brier"), (one) => one.brier, 4), row(t("report.ratio"), (one) => one.calibration.ratio, 2),
        ]} />
      </div>
    </Block>
  );
}
