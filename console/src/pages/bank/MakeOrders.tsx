/** Making a file of payments: what, of whom and when; then the file to take to the bank, and what is not in it and why. */
import { Button, Checkbox, FileInput, Group, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { FileDown } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, refresh, type Problem, type Shape } from "../../api";
import { Dialog, download, ErrorPanel, PlainTable, useMoney, useSession } from "../../kit";
import classes from "./bank.module.css";
import { readParties, TEMPLATE, type Fault, type Wanted } from "./parties";

type Kind = "payout" | "debit";
type Made = Shape<"BankOrders">;

const KEPT_AS = "tandem.bank.sender"; // the firm's own account, so that nobody types it each day
const SHOWN = 5;

interface Sender { name: string; iban: string; bic: string; clearing: string; creditor_id: string; scheme: string; sepa: boolean }

const EMPTY: Sender = { name: "", iban: "", bic: "", clearing: "", creditor_id: "", scheme: "CORE", sepa: true };

function kept(currency: string): Sender {
  const empty = { ...EMPTY, sepa: currency === "EUR" };
  try {
    return { ...empty, ...(JSON.parse(localStorage.getItem(KEPT_AS) ?? "{}") as Partial<Sender>) };
  } catch {
    return empty;
  }
}

const SIGNS = /^[A-Z]{2}\d{2}/; // an IBAN; anything else is a number of the country's own

export function MakeOrders({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("bank");
  const client = useQueryClient();
  const own = useSession().workspace.currency;
  const [kind, setKind] = useState<Kind>("payout");
  const [on, setOn] = useState(() => new Date().toISOString().slice(0, 10));
  const [currency, setCurrency] = useState(own || "CNY");
  const [sender, setSender] = useState(() => kept(own));
  const [file, setFile] = useState<File | null>(null);
  const [read, setRead] = useState<{ parties: Wanted[]; faults: Fault[] } | null>(null);
  const [orderId] = useState(() => `orders-${crypto.randomUUID().slice(-12)}`); // the same when it is sent again
  const [made, setMade] = useState<Made | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const say = (change: Partial<Sender>): void => setSender((before) => ({ ...before, ...change }));
  const ready = read !== null && read.parties.length > 0 && read.faults.length === 0 && sender.name.trim() !== "" && sender.iban.trim() !== "" && on !== "" && currency.length === 3;
  const make = async (): Promise<void> => {
    if (!ready || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const account = sender.iban.replaceAll(" ", "").toUpperCase();
      const party = { name: sender.name.trim(), iban: SIGNS.test(account) ? account : null, number: SIGNS.test(account) ? null : account, bic: sender.bic.trim() || null, clearing: sender.clearing.trim() || null };
      const body: Shape<"BankOrderRequest"> = {
        order_id: orderId, kind, currency, on, parties: read.parties, by: null,
        sender: { account: party, creditor_id: sender.creditor_id.trim() || null, scheme: kind === "debit" && sender.sepa ? sender.scheme : null, service_level: sender.sepa ? "SEPA" : null },
      };
      const { data } = await api.POST("/v1/bank/orders", { body });
      try {
        localStorage.setItem(KEPT_AS, JSON.stringify(sender));
      } catch {
        // typed again the next time
      }
      setMade(data as Made);
      await refresh(client, "/v1/bank/orders");
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  if (made) return <Dialog opened onClose={onClose} title={t("made_title")} size="lg"><Done made={made} onClose={onClose} /></Dialog>;
  return (
    <Dialog opened onClose={onClose} title={t("make")} size="lg">
      <form onSubmit={(event) => { event.preventDefault(); void make(); }}>
        <Stack>
          <SegmentedControl aria-label={t("kind")} value={kind} onChange={(value) => setKind(value as Kind)} data={(["payout", "debit"] as const).map((value) => ({ value, label: t(`order_kinds.${value}`) }))} />
          <p className="soft">{t(`make_what.${kind}`)}</p>
          <div className={classes.pair}>
            <TextInput type="date" label={t("on")} required value={on} onChange={(event) => setOn(event.currentTarget.value)} />
            <TextInput label={t("currency")} required maxLength={3} value={currency} onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())} />
            <TextInput label={t("sender_name")} required value={sender.name} onChange={(event) => say({ name: event.currentTarget.value })} />
            <TextInput label={t("sender_account")} required value={sender.iban} onChange={(event) => say({ iban: event.currentTarget.value })} />
            <TextInput label={t("sender_bic")} value={sender.bic} onChange={(event) => say({ bic: event.currentTarget.value })} />
            {sender.sepa ? null : <TextInput label={t("clearing")} value={sender.clearing} onChange={(event) => say({ clearing: event.currentTarget.value })} />}
            {kind === "debit" ? <TextInput label={t("creditor_id")} value={sender.creditor_id} onChange={(event) => say({ creditor_id: event.currentTarget.value })} /> : null}
          </div>
          <Checkbox label={t("sepa")} checked={sender.sepa} onChange={(event) => say({ sepa: event.currentTarget.checked })} />
          <FileInput label={t("parties")} description={t(kind === "debit" ? "parties_hint_debit" : "parties_hint")} placeholder={t("file_choose")} accept=".csv,text/csv" value={file} required
            onChange={(next) => { setFile(next); setRead(null); void next?.text().then((text) => setRead(readParties(text))); }} />
          <Group gap="xs"><Button variant="subtle" size="compact-sm" onClick={() => download("parties.csv", TEMPLATE)}>{t("template")}</Button>
            {read ? <span role="status">{t("parties_read", { count: read.parties.length })}</span> : null}</Group>
          {read?.faults.length ? <Faults faults={read.faults} /> : null}
          {problem ? <ErrorPanel problem={problem} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t("cancel")}</Button>
            <Button type="submit" loading={busy} disabled={!ready}>{t("make_do")}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function Faults({ faults }: { faults: Fault[] }) {
  const { t } = useTranslation("bank");
  return (
    <div role="alert">
      <PlainTable label={t("faults")} head={[t("line"), t("column"), t("wrong")]} rows={faults.slice(0, SHOWN).map((one) => [one.line, one.column, t(`fault.${one.why}`)])} />
      {faults.length > SHOWN ? <p className="soft">{t("more_faults", { count: faults.length - SHOWN })}</p> : null}
    </div>
  );
}

function Done({ made, onClose }: { made: Made; onClose: () => void }) {
  const { t } = useTranslation("bank");
  const money = useMoney(made.currency);
  const { xml } = made;
  return (
    <Stack>
      <p role="status">{t(made.xml === null ? "proposed_made" : "made", { count: made.count, amount: money(made.total_minor) })}</p>
      {made.left.length ? (
        <>
          <p>{t("left", { count: made.left.length })}</p>
          <div className={classes.wide}><PlainTable label={t("left_head")} head={[t("account"), t("plan"), t("wrong")]} rows={made.left.map((one) => [<span key="a" className="mono">{one.account_id}</span>, <span key="p" className="mono">{one.plan ?? ""}</span>, t(`left_why.${one.why}`)])} /></div>
        </>
      ) : null}
      <p className="soft">{t(made.xml === null ? "proposed_next" : "made_next")}</p>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>{t("finish")}</Button>
        {xml === null ? null : <Button leftSection={<FileDown size={15} aria-hidden />} onClick={() => download(`${made.message_id}.xml`, xml, "application/xml")}>{t("download")}</Button>}
      </Group>
    </Stack>
  );
}
