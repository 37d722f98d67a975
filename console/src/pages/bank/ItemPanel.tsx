/** One item that waits: what the bank said of it, and a person saying what it is. */
import { Button, Group, Radio, Select, Stack, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, Problem, problemOf, refresh, type Shape } from "../../api";
import { Amount, Badge, Copyable, day, Day, ErrorPanel, Instant, noteDone, Pairs, SidePanel, useMay, useMoney } from "../../kit";
import classes from "./bank.module.css";
import { signed, wrote } from "./Items";
import { useCodes } from "./words";

type Item = Shape<"BankItemShown">;
type Account = Shape<"AccountDetail">;
type To = Shape<"BankAssignment">["to"];

const WAIT_MS = 300;
const NUMBER = /^\d{1,12}$/;

export function ItemPanel({ item, onClose }: { item: Item | undefined; onClose: () => void }) {
  const { t } = useTranslation("bank");
  return (
    <SidePanel opened={item !== undefined} onClose={onClose} title={t(item?.incoming ? "came_in" : "went_out")}>
      {item ? <Shown key={item.item} item={item} onClose={onClose} /> : null}
    </SidePanel>
  );
}

function Shown({ item, onClose }: { item: Item; onClose: () => void }) {
  const { t } = useTranslation("bank");
  const codes = useCodes();
  const may = useMay("work_cases");
  return (
    <Stack>
      <div><Badge tone="wait">{codes.why(item.why)}</Badge></div>
      <Pairs of={[
        [t("amount"), <strong key="a"><Amount minor={signed(item)} currency={item.currency} /></strong>],
        [t("charges"), item.charges_minor ? <Amount key="c" minor={item.charges_minor} currency={item.currency} /> : null],
        [t("booked"), <Day key="b" on={item.booked} />],
        [t("valued"), <Day key="v" on={item.valued} />],
        [t("party"), item.party ?? t("erased")],
        [t("said"), wrote(item).length ? <ul key="s" className={classes.said}>{wrote(item).map((one) => <li key={one}>{one}</li>)}</ul> : null],
        [t("returned"), item.returned ? codes.reason(item.returned) : null],
        [t("seems"), item.account_id ? <Link key="l" to={"/accounts/$id" as string} params={{ id: item.account_id } as never} className="mono">{item.account_id}</Link> : null],
        [t("taken_at"), <Instant key="t" at={item.taken_at} form="minute" />],
        [t("id"), <Copyable key="i" text={item.item} short={12} />],
      ]} />
      {may ? <Place item={item} onClose={onClose} /> : <p className="soft">{t("place_forbidden")}</p>}
    </Stack>
  );
}

/** What an item can be depends on which way the money went. */
const KINDS = (incoming: boolean): To[] => (incoming ? ["payment", "elsewhere"] : ["return", "payout", "charge", "elsewhere"]);

function Place({ item, onClose }: { item: Item; onClose: () => void }) {
  const { t } = useTranslation("bank");
  const client = useQueryClient();
  const [to, setTo] = useState<To>(KINDS(item.incoming)[0]!);
  const [typed, setTyped] = useState(item.account_id ?? "");
  const [plan, setPlan] = useState<string | null>(item.plan);
  const [payment, setPayment] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const needsAccount = to === "payment" || to === "return";
  const account = useAccount(needsAccount ? typed.trim() : "");
  const plans = account.data?.plans ?? [];
  const chosen = plans.find((one) => one.plan === plan) ?? (plans.length === 1 ? plans[0] : plans.find((one) => one.owed.due_minor > 0));
  const ready = !needsAccount || (account.data !== undefined && chosen !== undefined && (to === "payment" || payment !== null));
  const place = async (): Promise<void> => {
    if (!ready || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const body: Shape<"BankAssignment"> = needsAccount
        ? { to, account_id: account.data!.account_id, plan: chosen!.plan, payment_id: to === "return" ? payment : null, by: null }
        : { to, account_id: null, plan: null, payment_id: null, by: null };
      await api.POST("/v1/bank/items/{item}/assignment", { params: { path: { item: item.item } }, body });
      noteDone(t("placed"));
      onClose();
      await Promise.all((["/v1/bank/items", "/v1/bank/orders", "/v1/accounts", "/v1/accounts/{account_id}", "/v1/cases"] as const).map((path) => refresh(client, path)));
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); void place(); }}>
      <Stack>
        <Radio.Group label={t("what_is_it")} value={to} onChange={(value) => setTo(value as To)}>
          <Stack gap="xs" mt="xs">{KINDS(item.incoming).map((one) => <Radio key={one} value={one} label={t(`kinds.${one}`)} description={t(`kind_hints.${one}`)} />)}</Stack>
        </Radio.Group>
        {needsAccount ? (
          <>
            <TextInput label={t("account")} description={t("account_hint")} required value={typed} onChange={(event) => { setTyped(event.currentTarget.value); setPlan(null); setPayment(null); }}
              error={account.error ? t("no_account") : undefined} />
            {account.data ? <Owed account={account.data} plan={chosen?.plan ?? null} onPlan={(value) => { setPlan(value); setPayment(null); }} /> : null}
            {to === "return" && account.data && chosen ? <Payments item={item} account={account.data} plan={chosen} chosen={payment} onChoose={setPayment} /> : null}
          </>
        ) : null}
        {problem ? <ErrorPanel problem={problem} /> : null}
        <Group justify="flex-end"><Button type="submit" loading={busy} disabled={!ready}>{t("place")}</Button></Group>
      </Stack>
    </form>
  );
}

/** The account of an id, or of a number as people say it. */
function useAccount(typed: string) {
  const [asked] = useDebouncedValue(typed, WAIT_MS);
  return useQuery<Account, Error>({
    queryKey: ["/v1/accounts/{account_id}", "typed", asked],
    enabled: asked !== "" && asked === typed,
    retry: false,
    queryFn: async () => {
      let id = asked;
      if (NUMBER.test(asked)) {
        const wanted = Number(asked);
        const { data } = await api.GET("/v1/accounts", { params: { query: { before: wanted + 1, limit: 1 } } });
        const first = (data as Shape<"AccountPage">).accounts[0];
        if (first?.number !== wanted) throw new Problem(404, { code: "unknown_account", title: "", detail: "" });
        id = first.account_id;
      }
      const { data } = await api.GET("/v1/accounts/{account_id}", { params: { path: { account_id: id } } });
      return data as Account;
    },
  });
}

function Owed({ account, plan, onPlan }: { account: Account; plan: string | null; onPlan: (plan: string | null) => void }) {
  const { t } = useTranslation("bank");
  const money = useMoney(account.currency);
  if (account.plans.length === 0) return <p className="soft">{t("no_plan")}</p>;
  const said = (one: Account["plans"][number]): string => t(one.state === "open" ? "plan_owes" : "plan_over", { plan: one.plan, due: money(one.owed.due_minor), rest: money(one.owed.payoff_minor) });
  return account.plans.length === 1
    ? <p>{t("account_is", { number: account.number })} {said(account.plans[0]!)}</p>
    : <Select label={t("plan")} required data={account.plans.map((one) => ({ value: one.plan, label: said(one) }))} value={plan} onChange={onPlan} allowDeselect={false} />;
}

/** Payments of a plan of the item's own amount: only such a one can have come back. */
function Payments({ item, account, plan, chosen, onChoose }: { item: Item; account: Account; plan: Account["plans"][number]; chosen: string | null; onChoose: (payment: string | null) => void }) {
  const { t } = useTranslation("bank");
  const money = useMoney(account.currency);
  const fitting = plan.facts.filter((one) => one.what === "paid" && one.amount_minor === item.amount_minor);
  if (fitting.length === 0) return <p className="soft" role="status">{t("no_payment", { amount: money(item.amount_minor) })}</p>;
  return <Select label={t("payment")} required data={fitting.map((one) => ({ value: one.id, label: `${day(one.on)} · ${money(one.amount_minor ?? 0)} · ${one.id}` }))} value={chosen} onChange={onChoose} />;
}
