/** What happened: the column that says it, and which of its two values is the bad one. */
import { Button, Radio, Select } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Block, inWords, Loading, number, percent } from "../../kit";
import type { Asked, ColumnLook, Look, Said } from "./asked";
import { Fault } from "./Fault";
import classes from "./training.module.css";

interface TargetProps {
  settled: boolean; // a training set says it of itself
  said: Said;
  say: (changes: Partial<Asked>) => void;
  table: Look;
  foreseen: UseQueryResult<Look>;
}

const option = (one: ColumnLook) => ({ value: one.name, label: one.name });

const SUSPICIOUS = new Set(["copy_of_target", "too_good", "name_sounds_later"]);

export function TargetStep({ settled, said, say, table, foreseen }: TargetProps) {
  const { t } = useTranslation("training");
  const target = table.columns.find(({ name }) => name === said.target);
  const binary = table.columns.filter(({ distinct }) => distinct === 2);
  const others = table.columns.filter(({ distinct }) => distinct !== 2);
  const choices = [{ group: t("what.two"), items: binary.map(option) }, { group: t("what.more"), items: others.map(option) }].filter(({ items }) => items.length > 0);
  return (
    <>
      <Block title={t("what.title")} note={t("what.note")}>
        <div className={classes.stack}>
          {settled ? <p>{t("what.settled")}</p> : <Select className={classes.choice} label={t("what.column")} placeholder={t("what.choose")} data={choices} value={said.target ?? null} searchable allowDeselect={false}
            onChange={(value) => say({ target: value ?? undefined, positive: undefined })} />}
          {!settled && target && target.values.length === 2 ? <Bad target={target} said={said} say={say} table={table} foreseen={foreseen.data} /> : null}
          {said.target && !foreseen.data && !foreseen.error ? <Loading lines={2} slow={t("looking")} /> : null}
          <div aria-live="polite" aria-busy={foreseen.isPlaceholderData || undefined} data-stale={foreseen.isPlaceholderData || undefined} className={classes.outlook}>
            {foreseen.data?.fault ? <Fault fault={foreseen.data.fault} /> : null}
            {foreseen.data?.outlook ? <Outcome look={foreseen.data} /> : null}
          </div>
        </div>
      </Block>
      <Suspicious said={said} say={say} look={foreseen.data} />
    </>
  );
}

function Bad({ target, said, say, table, foreseen }: { target: ColumnLook; said: Said; say: TargetProps["say"]; table: Look; foreseen: Look | undefined }) {
  const { t } = useTranslation("training");
  const chosen = said.positive ?? foreseen?.outlook?.positive ?? "";
  return (
    <Radio.Group label={t("what.bad")} description={t("what.bad_hint")} value={chosen} onChange={(value) => say({ target: target.name, positive: value })}>
      <div className={classes.radios}>
        {target.values.map(([value, count]) => <Radio key={value} value={value} label={t("what.value", { value, rows: number(count), share: percent(count / table.looked_at) })} />)}
      </div>
    </Radio.Group>
  );
}

function Outcome({ look }: { look: Look }) {
  const { t } = useTranslation("training");
  const { outlook } = look;
  if (!outlook) return null;
  return (
    <p>
      {t("what.outlook", { bads: number(outlook.bads), rows: number(outlook.labelled), share: percent(outlook.bads / outlook.labelled) })}
      {outlook.unlabelled > 0 ? ` ${t("what.unlabelled", { rows: number(outlook.unlabelled) })}` : ""}
    </p>
  );
}

/** What gives the outcome away: known only afterwards, and so of no use before. */
function Suspicious({ said, say, look }: { said: Said; say: TargetProps["say"]; look: Look | undefined }) {
  const { t } = useTranslation("training");
  const found = (look?.findings ?? []).filter(({ code, column }) => column && SUSPICIOUS.has(code));
  if (found.length === 0) return null;
  return (
    <Block title={t("what.suspicious")} note={t("what.suspicious_note")}>
      <ul className={classes.findings}>
        {found.map((one) => (
          <li key={`${one.code}-${one.column ?? ""}`} data-severity={one.severity}>
            <span><strong className="mono">{one.column}</strong> {inWords(one)}</span>
            <Button size="compact-sm" variant="default" aria-label={t("leave_out_named", { name: one.column })} onClick={() => say({ forbid: [...said.forbid, one.column ?? ""] })}>{t("leave_out")}</Button>
          </li>
        ))}
      </ul>
    </Block>
  );
}
