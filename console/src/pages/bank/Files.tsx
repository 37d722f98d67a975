/** Files of the bank that were taken in, the newest first, and what came of what they moved. */
import { Button } from "@mantine/core";
import { FileUp, Inbox } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Amount, Block, Copyable, DataTable, Empty, Instant, number, Pairs, PlainTable, SidePanel, useUrlState, type Column } from "../../kit";
import classes from "./bank.module.css";
import { useCodes } from "./words";

type File = Shape<"BankFileShown">;

const PAGE = 500;
const OUTCOMES = ["matched", "reversed", "cleared", "unmatched", "again"] as const;

export function Files({ onTake }: { onTake: (() => void) | undefined }) {
  const { t } = useTranslation("bank");
  const codes = useCodes();
  const [open, setOpen] = useUrlState("file");
  const found = useGet("/v1/bank/files", { params: { query: { limit: PAGE } } });
  const rows = found.data?.files;
  const counted = (outcome: (typeof OUTCOMES)[number], hidden = false): Column<File> => ({
    id: outcome, header: t(`outcomes.${outcome}`), value: (row) => countOf(row, outcome), cell: (row) => <>{countOf(row, outcome) ? number(countOf(row, outcome)) : ""}</>, width: outcome === "unmatched" ? 130 : 112, grow: 0, align: "right", hidden,
  });
  const columns: Column<File>[] = [
    { id: "taken", header: t("taken_at"), value: (row) => row.taken_at, cell: (row) => <span className="nowrap"><Instant at={row.taken_at} form="minute" /></span>, width: 130, grow: 0 },
    { id: "kind", header: t("kind"), value: (row) => codes.version(row.version), width: 150, grow: 1, choices: "found" },
    { id: "message", header: t("message"), value: (row) => row.message_id, cell: (row) => <span className="mono">{row.message_id}</span>, width: 150, grow: 2 },
    counted("matched"), counted("reversed"), counted("cleared"), counted("unmatched"), counted("again", true),
    { id: "statuses", header: t("statuses_head"), value: (row) => Object.values(row.statuses).reduce((sum, one) => sum + one, 0) || "", width: 150, grow: 0, align: "right" },
    { id: "by", header: t("taken_by"), value: (row) => row.taken_by, width: 120, grow: 1, choices: "found" },
  ];
  const shown = rows?.find((row) => row.file === open);
  return (
    <>
      <DataTable name="bank-files" label={t("tabs.files")} columns={columns} rows={rows} rowKey={(row) => row.file} current={open} problem={found.error} onRetry={() => void found.refetch()} onOpen={(row) => setOpen(row.file)}
        empty={<Block><Empty icon={Inbox} title={t("no_file")} hint={t(onTake ? "no_file_hint" : "no_file_hint_other")}>{onTake ? <Button leftSection={<FileUp size={15} aria-hidden />} onClick={onTake}>{t("take")}</Button> : null}</Empty></Block>} />
      <SidePanel opened={shown !== undefined} onClose={() => setOpen("")} title={shown ? codes.version(shown.version) : ""}>
        {shown ? (
          <div className={classes.stack}>
            <Pairs of={[[t("message"), <Copyable key="m" text={shown.message_id} />], [t("taken_at"), shown.taken_at ? <Instant key="t" at={shown.taken_at} /> : null], [t("taken_by"), shown.taken_by], [t("version"), <span key="v" className="mono">{shown.version}</span>]]} />
            <Came of={shown} />
          </div>
        ) : null}
      </SidePanel>
    </>
  );
}

const countOf = (file: File, outcome: string): number => Object.values(file.sums).reduce((sum, of) => sum + (of[outcome]?.count ?? 0), 0);

/** What came of a file: by currency and outcome, and of a status report how many orders have which status. */
export function Came({ of: file }: { of: File }) {
  const { t } = useTranslation("bank");
  const codes = useCodes();
  const sums = Object.entries(file.sums).flatMap(([currency, of]) => OUTCOMES.filter((one) => of[one]).map((one) => ({ currency, outcome: one, ...of[one]! })));
  const statuses = Object.entries(file.statuses);
  return (
    <>
      {sums.length ? (
        <div className={classes.wide}>
          <PlainTable label={t("came")} head={[t("came"), t("count"), t("net")]}
            rows={sums.map((one) => [t(`outcomes.${one.outcome}`), one.count, <Amount key="n" minor={one.net_minor} currency={one.currency} />])} />
        </div>
      ) : null}
      {statuses.length ? (
        <div className={classes.wide}>
          <PlainTable label={t("statuses_head")} head={[t("status"), t("count")]} rows={statuses.map(([status, count]) => [codes.status(status), count])} />
        </div>
      ) : null}
      {!sums.length && !statuses.length ? <p className="soft">{t("nothing_moved")}</p> : null}
      {file.left_out ? <p className="soft">{t("left_out", { count: file.left_out })}</p> : null}
    </>
  );
}
