/** What may not be used, by law or choice; and the columns that would tell it all the same. */
import { Button, Checkbox, MultiSelect } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Badge, Block, Empty, fixed, Loading } from "../../kit";
import type { Asked, ColumnLook, Finding, Look, Said } from "./asked";
import classes from "./training.module.css";

interface ForbidProps {
  locked: readonly string[]; // a training set forbids them
  said: Said;
  say: (changes: Partial<Asked>) => void;
  table: Look;
  foreseen: UseQueryResult<Look>;
}

export function ForbidStep({ locked, said, say, table, foreseen }: ForbidProps) {
  const { t } = useTranslation("training");
  const open = table.columns.filter(({ name }) => name !== said.target && name !== said.time && !said.id.includes(name) && !locked.includes(name));
  const proposed = open.filter(({ sensitive }) => sensitive !== null);
  const others = open.filter(({ sensitive }) => sensitive === null);
  const rest = said.forbid.filter((name) => others.some((one) => one.name === name));
  const set = (name: string, on: boolean): void => say({ forbid: on ? [...said.forbid, name] : said.forbid.filter((one) => one !== name) });
  return (
    <>
      <Block title={t("not.title")} note={t("not.note")}>
        <div className={classes.stack}>
          {locked.length > 0 ? <p>{t("not.locked")} <span className="mono">{locked.join(", ")}</span></p> : null}
          {proposed.length > 0 ? <ul className={classes.checks}>{proposed.map((one) => <Proposed key={one.name} column={one} on={said.forbid.includes(one.name)} set={set} />)}</ul> : <p className="soft">{t("not.none_proposed")}</p>}
          <MultiSelect className={classes.choice} label={t("not.more")} description={t("not.more_hint")} data={others.map(({ name }) => name)} value={rest} searchable clearable
            onChange={(names) => say({ forbid: [...said.forbid.filter((name) => !rest.includes(name)), ...names] })} />
          <MultiSelect className={classes.choice} label={t("not.id")} description={t("not.id_hint")} value={said.id} searchable clearable
            data={table.columns.filter(({ name }) => name !== said.target && name !== said.time).map(({ name }) => name)} onChange={(names) => say({ id: names })} />
        </div>
      </Block>
      <Block title={t("not.proxies")} note={t("not.proxies_note")}>
        <div aria-live="polite" data-stale={foreseen.isPlaceholderData || undefined} className={classes.outlook}>
          {foreseen.data ? <Proxies findings={foreseen.data.findings} forbidden={said.forbid} set={set} /> : foreseen.error ? null : <Loading lines={3} slow={t("looking")} />}
        </div>
      </Block>
    </>
  );
}

function Proposed({ column, on, set }: { column: ColumnLook; on: boolean; set: (name: string, on: boolean) => void }) {
  const { t } = useTranslation("training");
  const { name, sensitive } = column;
  return (
    <li>
      <Checkbox checked={on} onChange={(event) => set(name, event.currentTarget.checked)} label={<span className="mono">{name}</span>} />
      <Badge tone={sensitive?.kind === "private" ? "bad" : "wait"}>{t(`grounds.${sensitive?.ground ?? "name"}`)}</Badge>
      <span className="soft">{t(`not.why.${sensitive?.kind ?? "protected"}`)}</span>
    </li>
  );
}

/** Who gives a forbidden column away, and how surely. */
function Proxies({ findings, forbidden, set }: { findings: readonly Finding[]; forbidden: readonly string[]; set: (name: string, on: boolean) => void }) {
  const { t } = useTranslation("training");
  const found = findings.filter(({ code, column }) => code === "proxy" && column && !forbidden.includes(column));
  if (forbidden.length === 0) return <p className="soft">{t("not.nothing_forbidden")}</p>;
  if (found.length === 0) return <Empty icon={ShieldCheck} title={t("not.no_proxies")} hint={t("not.no_proxies_hint")} />;
  return (
    <ul className={classes.findings}>
      {found.map((one) => {
        const name = one.column ?? "";
        const told = one.tells ?? "";
        return (
          <li key={`${name}-${told}`} data-severity="warning">
            <span>{t("not.proxy", { name, told, auc: fixed(one.value ?? 0, 2), pairs: Math.round((one.value ?? 0) * 100) })}</span>
            <Button size="compact-sm" variant="default" aria-label={t("leave_out_named", { name })} onClick={() => set(name, true)}>{t("leave_out")}</Button>
          </li>
        );
      })}
    </ul>
  );
}
