import { Button, Select } from "@mantine/core";
import { Minus, RotateCcw, TrendingDown, TrendingUp } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Badge, Block, Empty, ErrorPanel, inWords, Loading, moment, number, PlainTable, useMoney } from "../../kit";
import classes from "./attacks.module.css";
import { sameAttack, type Run } from "./kinds";
import { useSpan } from "./Report";

interface BeforeAfterProps {
  run: Run;
  before: string;
  onBefore: (id: string) => void;
  onAgain: () => void;
}

/** The same attack against two versions: figures side by side, and what changed in words. */
export function BeforeAfter({ run, before, onBefore, onAgain }: BeforeAfterProps) {
  const { t } = useTranslation("attacks");
  const runs = useGet("/v1/attacks");
  const others = (runs.data?.items ?? []).filter((one) => one.state === "done" && one.attack_id !== run.attack_id && sameAttack(one, run));
  const named = (one: Run): string => t("compare.run", { against: one.drafts.length > 0 ? one.drafts.join(", ") : t("live"), at: moment(one.started_at, "short") });
  return (
    <Block title={t("compare.title")} note={t("compare.note")}>
      {runs.data && others.length === 0 ? (
        <Empty title={t("compare.none")} hint={t("compare.none_hint")}><Button variant="default" leftSection={<RotateCcw size={15} />} onClick={onAgain}>{t("again")}</Button></Empty>
      ) : (
        <div className={classes.choose}>
          <Select label={t("compare.before")} placeholder={t("compare.choose")} value={before || null} clearable onChange={(value) => onBefore(value ?? "")} data={others.map((one) => ({ value: one.attack_id, label: named(one) }))} />
        </div>
      )}
      {before ? <Compared id={run.attack_id} before={before} currency={run.currency} /> : null}
    </Block>
  );
}

function Compared({ id, before, currency }: { id: string; before: string; currency: string }) {
  const { t } = useTranslation("attacks");
  const span = useSpan();
  const money = useMoney(currency);
  const found = useGet("/v1/attacks/{attack_id}/comparison", { params: { path: { attack_id: id }, query: { before } } });
  if (found.error) return <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading lines={5} />;
  const shown = (figure: string, value: number | null): string => {
    if (value === null) return t("tiles.never");
    if (figure === "lost_minor") return money(value);
    return figure === "first_alarm_seconds" ? span(value) : number(value);
  };
  const { figures, roles, words, exact } = found.data;
  return (
    <>
      <ul className={classes.words}>{words.map((one) => <li key={one.en}>{inWords(one)}</li>)}</ul>
      <div className={classes.pair}>
        <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("compare.figures")}>
          <PlainTable label={t("compare.figures")} head={[t("compare.figure"), t("compare.was"), t("compare.is"), t("compare.verdict")]}
            rows={figures.map((one) => [<span key="figure" className="nowrap">{t(`figure.${one.figure}`)}</span>, shown(one.figure, one.before), shown(one.figure, one.after), <Verdict key="verdict" change={one} />])} />
        </div>
        <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("compare.roles")}>
          <PlainTable label={t("compare.roles")} head={[t("compare.stopped_of"), t("compare.was"), t("compare.is")]} rows={Object.entries(roles).map(([role, pair]) => [t(`role.${role}`), Number(pair[0]), Number(pair[1])])} />
        </div>
      </div>
      {exact ? null : <p className="soft">{t("compare.inexact")}</p>}
    </>
  );
}

function Verdict({ change }: { change: Shape<"AttackChange"> }) {
  const { t } = useTranslation("attacks");
  if (change.better === null) return <Badge icon={Minus}>{change.before === change.after ? t("compare.same") : t("compare.moved")}</Badge>;
  const grew = (change.after ?? 0) > (change.before ?? 0);
  return <Badge tone={change.better ? "good" : "bad"} icon={grew ? TrendingUp : TrendingDown}>{t(change.better ? "compare.better" : "compare.worse")}</Badge>;
}
