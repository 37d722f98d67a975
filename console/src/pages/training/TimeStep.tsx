/** When: with a time, the model is judged on what came later, as it will be in life. */
import { Radio, Select } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Block, Instant, Loading, number } from "../../kit";
import type { Asked, Look, Said } from "./asked";
import { Fault } from "./Fault";
import classes from "./training.module.css";

interface TimeProps {
  settled: boolean; // a training set says it of itself
  asked: Asked;
  said: Said;
  say: (changes: Partial<Asked>) => void;
  table: Look;
  foreseen: UseQueryResult<Look>;
}

export function TimeStep({ settled, said, say, table, foreseen }: TimeProps) {
  const { t } = useTranslation("training");
  const choices = table.columns.filter(({ name, kind, distinct }) => name !== said.target && (kind === "time" || distinct > 2)).map(({ name }) => name);
  const first = table.suggested.time ?? choices.find((name) => table.columns.some((one) => one.name === name && one.kind === "time")) ?? choices[0];
  const outlook = foreseen.data?.outlook;
  return (
    <Block title={t("when.title")} note={t("when.note")}>
      <div className={classes.stack}>
        {settled ? <p>{t("when.settled")}</p> : <Radio.Group aria-label={t("when.title")} value={said.time === undefined ? "none" : "time"} onChange={(value) => say(value === "none" ? { time: undefined, noTime: true } : { time: first, noTime: false })}>
          <div className={classes.cards}>
            <Radio.Card value="time" className={classes.card} disabled={choices.length === 0} aria-label={t("when.with")}>
              <Radio.Indicator /><div><strong>{t("when.with")}</strong><p className="soft">{t("when.with_hint")}</p></div>
            </Radio.Card>
            <Radio.Card value="none" className={classes.card} aria-label={t("when.without")}>
              <Radio.Indicator /><div><strong>{t("when.without")}</strong><p className="soft">{t("when.without_hint")}</p></div>
            </Radio.Card>
          </div>
        </Radio.Group>}
        {!settled && said.time !== undefined ? <Select className={classes.choice} label={t("when.column")} data={choices} value={said.time} searchable allowDeselect={false} onChange={(value) => say({ time: value ?? undefined, noTime: false })} /> : null}
        {!foreseen.data && !foreseen.error ? <Loading lines={2} slow={t("looking")} /> : null}
        <div aria-live="polite" className={classes.outlook} data-stale={foreseen.isPlaceholderData || undefined}>
          {foreseen.data?.fault ? <Fault fault={foreseen.data.fault} /> : null}
          {outlook && outlook.split === "out_of_time" ? (
            <p>{t("when.out_of_time", { train: number(outlook.train_rows), test: number(outlook.test_rows), bads: number(outlook.test_bads) })} <Moment at={outlook.boundary} /></p>
          ) : null}
          {outlook && outlook.split !== "out_of_time" ? <p>{t("when.random", { train: number(outlook.train_rows), test: number(outlook.test_rows), bads: number(outlook.test_bads) })}</p> : null}
        </div>
      </div>
    </Block>
  );
}

const Moment = ({ at }: { at: string | null }) => (at?.includes("T") ? <Instant at={at} form="short" /> : <strong>{at}</strong>);
