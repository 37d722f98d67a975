/** Expected loss by IFRS 9: how much in which stage, what moved it since the run before, whose it is and why, by which rules. */
import { Button, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { PiggyBank, Play } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, refresh, useGet, type Shape } from "../../api";
import { Amount, Block, Code, ConfirmWithReason, CopyAsApiCall, Day, day, Empty, ErrorPanel, Instant, Loading, noteDone, Page, percent, PlainTable, useMay } from "../../kit";
import { InStage } from "./InStage";
import classes from "./provisions.module.css";
import { Stage } from "./reasons";
import { Rules } from "./Rules";

type Book = Shape<"ProvisionBook">;
type Row = Shape<"StageShown">;

const PARTS = ["opening_minor", "moved_in_minor", "moved_out_minor", "new_minor", "remeasured_minor", "derecognised_minor", "closing_minor"] as const;

const EXAMPLE = `# provision_rules/expected_loss.yaml
title: {en: Expected loss, zh-CN: \u9884\u671f\u4fe1\u7528\u635f\u5931}
since: "2026-01-01"
basis: ["IFRS 9, 5.5.1-5.5.20"]
pd: {source: "your own study", by_bucket_bps: [200, 1500, 4500, 7500]}
lgd: {source: "your own study", otherwise_bps: 4500}
`;

export default function ProvisionsPage() {
  const { t } = useTranslation("provisions");
  const may = useMay("service_accounts");
  const [asked, setAsked] = useState(false);
  const found = useGet("/v1/provisions");
  const page = found.data;
  const runs = may && page !== undefined && page.in_force !== null;
  const run = <Button leftSection={<Play size={15} aria-hidden />} onClick={() => setAsked(true)}>{t("run")}</Button>;
  return (
    <Page title={t("title")} lead={page?.on ? <>{t("measured", { on: day(page.on), by: page.run_by })} <Instant at={page.run_at} form="minute" /></> : t("lead")}
      actions={<>{runs && page.on ? run : null}<CopyAsApiCall path="/v1/provisions" /></>}>
      {found.error ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
      {!found.error && !page ? <Loading lines={8} /> : null}
      {page ? (
        <div className={classes.stack}>
          {page.on === null && page.in_force === null ? <Block><Empty icon={PiggyBank} title={t("no_rules")} hint={t("no_rules_hint")}><Code text={EXAMPLE} label={t("example")} /></Empty></Block> : null}
          {page.on === null && page.in_force !== null ? <Block><Empty icon={PiggyBank} title={t("no_run")} hint={t(may ? "no_run_hint" : "no_run_hint_other")}>{may ? run : null}</Empty></Block> : null}
          {page.on !== null && page.books.length === 0 ? <Block><Empty icon={PiggyBank} title={t("no_account")} hint={t("no_account_hint")} /></Block> : null}
          {page.books.map((book) => <OfCurrency key={book.currency} book={book} />)}
          {page.books.length ? <InStage /> : null}
          {page.in_force ? <Rules rules={page.in_force} /> : null}
        </div>
      ) : null}
      {asked ? <Run last={page?.on ?? null} onClose={() => setAsked(false)} /> : null}
    </Page>
  );
}

const share = (row: { closing_minor: number; gross_minor: number }): string => (row.gross_minor ? percent(row.closing_minor / row.gross_minor, 2) : "");

function OfCurrency({ book }: { book: Book }) {
  const { t } = useTranslation("provisions");
  const cell = (minor: number, at: number) => <Amount key={at} minor={minor} currency={book.currency} />;
  const total = (part: keyof Row): number => book.stages.reduce((sum, row) => sum + row[part], 0);
  return (
    <>
      <div className={classes.pair}>
        <Block title={t("by_stage", { currency: book.currency })} note={t("by_stage_note")}>
          <div className={classes.wide}>
            <PlainTable label={t("by_stage", { currency: book.currency })} head={[t("stage"), t("accounts"), t("gross"), t("allowance"), t("coverage")]}
              rows={[...book.stages.map((row) => [<Stage key="s" of={row.stage} />, row.accounts, cell(row.gross_minor, 2), cell(row.closing_minor, 3), <span key="c" className="number">{share(row)}</span>]),
                [<strong key="t">{t("together")}</strong>, total("accounts"), cell(book.gross_minor, 2), cell(book.allowance_minor, 3), <span key="c" className="number">{share({ closing_minor: book.allowance_minor, gross_minor: book.gross_minor })}</span>]]} />
          </div>
        </Block>
        <Block title={t("scenarios")} note={t("scenarios_note")}>
          <div className={classes.wide}>
            <PlainTable label={t("scenarios")} head={[t("scenario"), t("loss")]} rows={book.scenarios.map((one) => [t(`scenario_names.${one.scenario}`, { defaultValue: one.scenario }), cell(one.loss_minor, 1)])} />
          </div>
        </Block>
      </div>
      <Block title={t("movement")} note={t("movement_note")}>
        <div className={classes.wide}>
          <PlainTable label={t("movement")} head={[t("part"), ...book.stages.map((row) => t(`stages.${row.stage}`)), t("together")]}
            rows={PARTS.map((part) => [t(`parts.${part.replace("_minor", "")}`), ...book.stages.map((row, at) => cell(row[part], at)), cell(total(part), 9)])} />
        </div>
      </Block>
    </>
  );
}

/** Run it for the end of a day; what moved is posted, and nothing else. */
function Run({ last, onClose }: { last: string | null; onClose: () => void }) {
  const { t } = useTranslation("provisions");
  const client = useQueryClient();
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  const [on, setOn] = useState(today);
  return (
    <ConfirmWithReason opened onClose={onClose} title={t("run")} confirm={t("run_do")} reason="none"
      onConfirm={async () => {
        const { data } = await api.POST("/v1/provisions", { body: { on, probabilities: {}, by: null } });
        await Promise.all((["/v1/provisions", "/v1/provisions/accounts", "/v1/accounts/{account_id}/provision"] as const).map((path) => refresh(client, path)));
        noteDone(t("done", { count: (data as Shape<"ProvisionPage">).books.reduce((sum, book) => sum + book.stages.reduce((all, row) => all + row.accounts, 0), 0) }));
      }}>
      <p>{t("run_what")}</p>
      <TextInput type="date" label={t("run_on")} description={last ? <>{t("run_since")} <Day on={last} /></> : undefined} required value={on} min={last ?? undefined} max={today} onChange={(event) => setOn(event.currentTarget.value)} />
    </ConfirmWithReason>
  );
}

