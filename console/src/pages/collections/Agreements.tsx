/** What is agreed with the customer: a promise, an offer, an objection; and what else can be done. */
import { Button, NumberInput, Textarea, TextInput } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { Badge, Block, Day, day, Dialog, ErrorPanel, minorDigits, noteDone, number, type Tone, useMay, useMoney, useSession } from "../../kit";
import classes from "./collections.module.css";
import { requestId, useChange, type Customer } from "./useChange";

const TONES: Record<string, Tone> = { kept: "good", partly: "wait", broken: "bad", withdrawn: "neutral", accepted: "good", declined: "bad", lapsed: "neutral", met: "good", missed: "bad" };

export function Agreements({ of: one }: { of: Customer }) {
  const may = useMay("collect") && one.is_in;
  return (
    <>
      <Promises of={one} may={may} />
      <Offers of={one} may={may} />
      <Disputes of={one} may={may} />
      {may ? <More of={one} /> : null}
    </>
  );
}

function Promises({ of: one, may }: { of: Customer; may: boolean }) {
  const { t } = useTranslation("collections");
  const money = useMoney(one.currency);
  const { busy, problem, change } = useChange(one.account_id);
  const digits = minorDigits(one.currency);
  const [amount, setAmount] = useState<number | string>(one.situation.due_minor / 10 ** digits);
  const [due, setDue] = useState(one.today);
  const open = one.promises.find((each) => each.outcome === null);
  const note = async (): Promise<void> => {
    const done = await change(() => api.POST("/v1/collections/accounts/{account_id}/promises", {
      params: { path: { account_id: one.account_id } }, body: { request_id: requestId(), amount_minor: Math.round(Number(amount) * 10 ** digits), due, contact_id: null, by: null },
    }));
    if (done) noteDone(t("promise_done"));
  };
  const withdraw = (id: string): void => {
    void change(() => api.POST("/v1/collections/promises/{promise_id}/withdrawal", { params: { path: { promise_id: id } }, body: { request_id: requestId(), by: null } }));
  };
  return (
    <Block title={t("promise")}>
      <ul className={classes.list}>
        {one.promises.map((each) => (
          <li key={each.promise_id}>
            <span className={classes.entry}><strong className="nowrap">{money(each.amount_minor)}</strong> <Day on={each.due} /> <Badge tone={each.outcome ? TONES[each.outcome] : "accent"}>{t(`outcome.${each.outcome ?? "open"}`)}</Badge></span>
            {each.outcome === null && may ? <Button size="compact-xs" variant="default" loading={busy} onClick={() => withdraw(each.promise_id)}>{t("withdraw")}</Button> : null}
          </li>
        ))}
      </ul>
      {problem ? <ErrorPanel problem={problem} /> : null}
      {may && !open ? (
        <form className={classes.form} onSubmit={(event) => { event.preventDefault(); void note(); }}>
          <NumberInput label={t("amount")} description={t("promise_hint", { most: money(one.situation.balance_minor), until: day(one.promise_until) })} min={0} decimalScale={digits} thousandSeparator="," value={amount} onChange={setAmount} />
          <TextInput type="date" label={t("due_on")} min={one.today} max={one.promise_until} value={due} onChange={(event) => setDue(event.currentTarget.value)} />
          <Button type="submit" loading={busy} disabled={!Number(amount) || !due}>{t("promise_do")}</Button>
        </form>
      ) : null}
    </Block>
  );
}

function Offers({ of: one, may }: { of: Customer; may: boolean }) {
  const { t } = useTranslation("collections");
  const money = useMoney(one.currency);
  const { busy, problem, change } = useChange(one.account_id);
  const [asking, setAsking] = useState<"settlement" | "restructure" | null>(null);
  const digits = minorDigits(one.currency);
  const [amount, setAmount] = useState<number | string>(one.settle_least_minor / 10 ** digits);
  const [count, setCount] = useState<number | string>(Math.min(12, one.restructure_most));
  const open = one.offers.find((each) => each.outcome === null);
  const runs = one.offers.find((each) => each.outcome === "accepted");
  const { mode, person } = useSession();
  const own = (each: Customer["offers"][number]): boolean => mode === "people" && each.made_by === person.name;
  const offer = async (): Promise<void> => {
    if (!asking) return;
    const settles = asking === "settlement";
    const done = await change(() => api.POST("/v1/collections/accounts/{account_id}/offers", {
      params: { path: { account_id: one.account_id } },
      body: { request_id: requestId(), kind: asking, amount_minor: settles ? Math.round(Number(amount) * 10 ** digits) : null, count: settles ? null : Number(count), rate_bps: null, by: null },
    }));
    if (done) setAsking(null);
  };
  const answer = (id: string, accepted: boolean): void => {
    void change(() => api.POST("/v1/collections/offers/{offer_id}/answer", { params: { path: { offer_id: id } }, body: { request_id: requestId(), accepted, by: null } }));
  };
  return (
    <Block title={t("offer")}>
      <ul className={classes.list}>
        {one.offers.map((each) => (
          <li key={each.offer_id}>
            <span className={classes.entry}>
              <strong>{each.kind === "settlement" ? t("offer_settlement", { amount: money(each.amount_minor ?? 0) }) : t("offer_restructure", { count: each.count ?? 0 })}</strong>
              {each.outcome ? <Badge tone={TONES[each.outcome]}>{t(`outcome.${each.outcome}`)}</Badge> : <span className="soft">{t("offer_open", { until: day(each.until) })}</span>}
            </span>
            {each.outcome === null && may ? (
              <span className={classes.row}>
                {own(each) ? <span className="soft">{t("accepted_by_another")}</span> : <Button size="compact-xs" loading={busy} onClick={() => answer(each.offer_id, true)}>{t("accept")}</Button>}
                <Button size="compact-xs" variant="default" loading={busy} onClick={() => answer(each.offer_id, false)}>{t("decline")}</Button>
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      {may && runs ? <p className="soft">{t("offer_runs", { until: day(runs.until) })}</p> : null}
      {may && !open && !runs ? (
        <div className={classes.row}>
          <Button size="xs" variant="default" onClick={() => setAsking("settlement")}>{t("settlement_do")}</Button>
          <Button size="xs" variant="default" onClick={() => setAsking("restructure")}>{t("restructure_do")}</Button>
        </div>
      ) : null}
      <Dialog opened={asking !== null} onClose={() => setAsking(null)} title={asking === "settlement" ? t("settlement_do") : t("restructure_do")}>
        <form className={classes.form} onSubmit={(event) => { event.preventDefault(); void offer(); }}>
          {asking === "settlement"
            ? <NumberInput label={t("amount")} description={t("settle_hint", { least: money(one.settle_least_minor), most: money(one.situation.balance_minor) })} decimalScale={digits} thousandSeparator="," min={0} value={amount} onChange={setAmount} data-autofocus />
            : <NumberInput label={t("instalments")} description={t("restructure_hint", { most: number(one.restructure_most) })} min={1} max={one.restructure_most} value={count} onChange={setCount} data-autofocus />}
          {problem ? <ErrorPanel problem={problem} /> : null}
          <Buttons busy={busy} onLeave={() => setAsking(null)} />
        </form>
      </Dialog>
      {problem && asking === null ? <ErrorPanel problem={problem} /> : null}
    </Block>
  );
}

function Disputes({ of: one, may }: { of: Customer; may: boolean }) {
  const { t } = useTranslation("collections");
  const { busy, problem, change } = useChange(one.account_id);
  const open = one.disputes.find((each) => each.upheld === null);
  const [asking, setAsking] = useState(false);
  const [text, setText] = useState("");
  const leave = (): void => { setAsking(false); setText(""); };
  if (!may && one.disputes.length === 0) return null;
  const note = async (): Promise<void> => {
    const body = { request_id: requestId(), text, by: null };
    const done = await change(() => api.POST("/v1/collections/accounts/{account_id}/disputes", { params: { path: { account_id: one.account_id } }, body }));
    if (done) leave();
  };
  const end = async (upheld: boolean): Promise<void> => {
    if (!open) return;
    const body = { request_id: requestId(), text, upheld, by: null };
    const done = await change(() => api.POST("/v1/collections/disputes/{dispute_id}/end", { params: { path: { dispute_id: open.dispute_id } }, body }));
    if (done) leave();
  };
  return (
    <Block title={t("dispute")}>
      <ul className={classes.list}>
        {one.disputes.map((each) => <li key={each.dispute_id}><span className={classes.entry}><Day on={each.on} /> <Badge tone={each.upheld === null ? "wait" : "neutral"}>{each.upheld === null ? t("mark.dispute") : each.upheld ? t("upheld") : t("not_upheld")}</Badge></span></li>)}
      </ul>
      {may ? <div className={classes.row}><Button size="xs" variant="default" onClick={() => setAsking(true)}>{open ? t("dispute_end") : t("dispute_do")}</Button></div> : null}
      <Dialog opened={asking} onClose={leave} title={open ? t("dispute_end") : t("dispute_do")}>
        <form className={classes.form} onSubmit={(event) => { event.preventDefault(); void (open ? end(false) : note()); }}>
          <Textarea label={open ? t("found") : t("text")} description={open ? undefined : t("dispute_hint")} autosize minRows={3} maxLength={2000} value={text} onChange={(event) => setText(event.currentTarget.value)} data-autofocus />
          {problem ? <ErrorPanel problem={problem} /> : null}
          {open ? (
            <div className={classes.foot}>
              <Button variant="default" onClick={leave}>{t("cancel")}</Button>
              <Button variant="default" loading={busy} disabled={text.trim() === ""} onClick={() => void end(true)}>{t("upheld")}</Button>
              <Button type="submit" loading={busy} disabled={text.trim() === ""}>{t("not_upheld")}</Button>
            </div>
          ) : <Buttons busy={busy} lacks={text.trim() === ""} onLeave={leave} />}
        </form>
      </Dialog>
    </Block>
  );
}

function More({ of: one }: { of: Customer }) {
  const { t } = useTranslation("collections");
  const { busy, problem, change } = useChange(one.account_id);
  const [asking, setAsking] = useState(false);
  const [text, setText] = useState("");
  const params = { path: { account_id: one.account_id } };
  const note = async (): Promise<void> => {
    const done = await change(() => api.POST("/v1/collections/accounts/{account_id}/notes", { params, body: { request_id: requestId(), text, by: null } }));
    if (done) { setAsking(false); setText(""); }
  };
  const place = (agency: string | null): void => {
    void change(() => api.POST("/v1/collections/accounts/{account_id}/agency", { params, body: { request_id: requestId(), agency, by: null } }));
  };
  return (
    <Block title={t("more")}>
      {problem && !asking ? <ErrorPanel problem={problem} /> : null}
      <div className={classes.row}>
        <Button size="xs" variant="default" onClick={() => setAsking(true)}>{t("note")}</Button>
        {one.agency ? <Button size="xs" variant="default" loading={busy} onClick={() => place(null)}>{t("recall", { agency: one.agency })}</Button>
          : one.agencies.map((agency) => <Button key={agency} size="xs" variant="default" loading={busy} onClick={() => place(agency)}>{t("agency_do")} {agency}</Button>)}
      </div>
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t("note")}>
        <form className={classes.form} onSubmit={(event) => { event.preventDefault(); void note(); }}>
          <Textarea label={t("text")} description={t("note_hint")} autosize minRows={3} maxLength={2000} value={text} onChange={(event) => setText(event.currentTarget.value)} data-autofocus />
          {problem ? <ErrorPanel problem={problem} /> : null}
          <Buttons busy={busy} lacks={text.trim() === ""} onLeave={() => setAsking(false)} />
        </form>
      </Dialog>
    </Block>
  );
}

/** The foot of a window: away from it, or on. */
export function Buttons({ busy, lacks, onLeave, children }: { busy: boolean; lacks?: boolean; onLeave: () => void; children?: ReactNode }) {
  const { t } = useTranslation("collections");
  return (
    <div className={classes.foot}>
      <Button variant="default" onClick={onLeave}>{t("cancel")}</Button>
      <Button type="submit" loading={busy} disabled={lacks}>{children ?? t("save")}</Button>
    </div>
  );
}
