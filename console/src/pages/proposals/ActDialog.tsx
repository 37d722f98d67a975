/** Doing something to an account: what exactly, why, and what it comes to before it is done or proposed. */
import { Button, Checkbox, Group, NumberInput, Select, Stack, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, refresh, type Problem, type Shape } from "../../api";
import { Dialog, ErrorPanel, Loading, minorDigits, noteDone } from "../../kit";
import { EffectTable, REASONS, useActWords, useEffectOf, type Act, type Kind } from "./acts";
import classes from "./proposals.module.css";

type Account = Shape<"AccountDetail">;
type Reason = (typeof REASONS)[number];

const PER_CENT = 100;
const WAIT_MS = 300;
const PARTS = ["fee", "penalty", "interest"] as const;

/** What is asked at first: something that somebody might mean. */
function begun(kind: Kind, account: Account): Act {
  const plan = account.plans.find((one) => one.state === "open") ?? account.plans[0];
  const name = plan?.plan ?? "";
  switch (kind) {
    case "waive":
      return { act: kind, plan: name, fee_minor: 0, penalty_minor: plan?.owed.penalty_minor ?? 0, interest_minor: 0, rest: false };
    case "reschedule":
      return { act: kind, plan: name, count: Math.max(plan?.lines.length ?? 1, 1), rate_bps: plan?.rate_bps ?? 0 };
    case "write_off":
      return { act: kind, plan: name };
    case "move_limit":
      return { act: kind, limit_minor: account.limit_minor ?? 0 };
    case "reverse":
      return { act: kind, plan: name, fact_id: "" };
    default:
      return { act: kind };
  }
}

interface ActDialogProps {
  account: Account;
  begin: Kind | Act; // an act where nothing about it is to be chosen
  onClose: () => void;
}

export function ActDialog({ account, begin, onClose }: ActDialogProps) {
  const { t } = useTranslation("proposals");
  const client = useQueryClient();
  const [act, setAct] = useState<Act>(() => (typeof begin === "string" ? begun(begin, account) : begin));
  const [reason, setReason] = useState<Reason | null>(null);
  const [note, setNote] = useState("");
  const [actId] = useState(() => `act-${crypto.randomUUID().slice(-12)}`); // the same when it is sent again
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [asked] = useDebouncedValue(act, WAIT_MS);
  const effect = useEffectOf(account.account_id, asked);
  const sentence = useActWords(account.currency);
  const current = asked === act && !effect.isFetching;
  const ready = reason !== null && (reason !== "other" || note.trim() !== "") && current && effect.data !== undefined;
  const second = effect.data?.second ?? null;

  const send = async (): Promise<void> => {
    if (!ready || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const { data } = await api.POST("/v1/accounts/{account_id}/acts", { params: { path: { account_id: account.account_id } }, body: { act_id: actId, act, reason: reason!, note: note.trim(), by: null } });
      noteDone((data as Shape<"ActDone">).proposed ? t("is_proposed") : t("is_done"));
      await Promise.all((["/v1/accounts", "/v1/accounts/{account_id}", "/v1/accounts/{account_id}/acts", "/v1/proposals"] as const).map((path) => refresh(client, path)));
      onClose();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog opened onClose={onClose} title={t(`kinds.${act.act}`)} size="lg">
      <form onSubmit={(event) => { event.preventDefault(); void send(); }}
        onKeyDown={(event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send(); }}>
        <Stack>
          <p>{t(`hints.${act.act}`)}</p>
          <Fields act={act} account={account} onChange={setAct} />
          {act.act === "reverse" ? <p>{sentence(act)}</p> : null}
          {effect.error ? <ErrorPanel problem={effect.error} /> : null}
          {effect.isPending ? <Loading lines={3} /> : null}
          {effect.data ? <EffectTable effect={effect.data} currency={account.currency} /> : null}
          <Select label={t("reason")} required data={REASONS.map((value) => ({ value, label: t(`reasons.${value}`) }))} value={reason} onChange={(value) => setReason(value as Reason | null)} />
          <Textarea label={t("note")} description={t("note_hint")} required={reason === "other"} autosize minRows={2} maxLength={2_000} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
          {second ? <p role="status">{t(`seconds.${second}`)}</p> : null}
          {problem ? <ErrorPanel problem={problem} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t("cancel")}</Button>
            <Button type="submit" loading={busy} disabled={!ready}>{second ? t("propose") : t("do")}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function Fields({ act, account, onChange }: { act: Act; account: Account; onChange: (act: Act) => void }) {
  const { t } = useTranslation("proposals");
  const { t: words } = useTranslation("accounts");
  const unit = 10 ** minorDigits(account.currency);
  const money = (label: string, minor: number, set: (minor: number) => Act) => (
    <NumberInput key={label} label={label} value={minor / unit} min={0} decimalScale={minorDigits(account.currency)} thousandSeparator="," suffix={` ${account.currency}`} hideControls
      onChange={(value) => onChange(set(Math.round((Number(value) || 0) * unit)))} />
  );
  const plans = account.plans.filter((one) => one.state === "open").map((one) => one.plan);
  const plan = "plan" in act && act.act !== "reverse" && plans.length > 1
    ? <Select label={t("plan")} data={plans} value={act.plan} allowDeselect={false} onChange={(value) => onChange({ ...act, plan: value ?? act.plan })} /> : null;
  switch (act.act) {
    case "waive":
      return (
        <>
          {plan}
          <Checkbox label={t("rest")} checked={act.rest ?? false} onChange={(event) => onChange({ ...act, rest: event.currentTarget.checked, fee_minor: 0, penalty_minor: 0, interest_minor: 0 })} />
          {act.rest ? null : <div className={classes.row}>{PARTS.map((part) => money(words(part === "fee" ? "fees" : part), act[`${part}_minor`] ?? 0, (minor) => ({ ...act, [`${part}_minor`]: minor })))}</div>}
        </>
      );
    case "reschedule":
      return (
        <>
          {plan}
          <div className={classes.row}>
            <NumberInput label={t("instalments")} value={act.count} min={1} max={480} allowDecimal={false} hideControls onChange={(value) => onChange({ ...act, count: Math.max(Number(value) || 1, 1) })} />
            <NumberInput label={t("rate")} value={act.rate_bps / PER_CENT} min={0} decimalScale={2} suffix=" %" hideControls onChange={(value) => onChange({ ...act, rate_bps: Math.round((Number(value) || 0) * PER_CENT) })} />
          </div>
        </>
      );
    case "move_limit":
      return money(words("limit"), act.limit_minor, (minor) => ({ ...act, limit_minor: minor }));
    default:
      return plan;
  }
}
