/** Reminders and offers: the programmes in force, what they did beside whom they held out, why nobody was told, and every decision. */
import { useNavigate } from "@tanstack/react-router";
import { Megaphone } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Amount, AMOUNT_PX, Badge, Block, CopyAsApiCall, DataTable, Empty, ErrorPanel, Loading, moment, Page, percent, PlainTable, number, type Column, type Tone } from "../../kit";
import { Effect } from "./Effect";
import classes from "./offers.module.css";
import { Programme, told } from "./Programme";

type Shown = Shape<"ProgrammeOffer">;

const STATES: Record<string, Tone> = { held_out: "neutral", nothing: "neutral", waiting: "wait", told: "accent", blocked: "bad", accepted: "good", refused: "neutral", closed: "neutral" };
const OUTCOMES: Record<string, Tone> = { paid: "good", took: "good", refused: "neutral", nothing: "neutral" };
const PAGE = 500;

export default function OffersPage() {
  const { t } = useTranslation("offers");
  const navigate = useNavigate();
  const programmes = useGet("/v1/programmes");
  const [chosen, choose] = useState<string | undefined>();
  const offers = useGet("/v1/offers", { params: { query: { limit: PAGE, ...(chosen ? { programme: chosen } : {}) } } });
  const found = programmes.data?.programmes;
  const whyOf = (row: Shown): string => {
    const why = row.blocked_by ?? row.why;
    return t(`reasons.${why}`, { defaultValue: t("rule", { rule: why }) });
  };
  const columns: Column<Shown>[] = [
    { id: "at", header: t("at"), value: (row) => row.decided_at, cell: (row) => <span className="number nowrap">{moment(row.decided_at, "minute")}</span>, width: 150, grow: 0 },
    { id: "programme", header: t("programme"), value: (row) => row.programme, cell: (row) => <span className="mono nowrap">{row.programme}</span>, width: 150, grow: 1, choices: "found" },
    { id: "account", header: t("account"), value: (row) => row.account_id, width: 170, grow: 1 },
    { id: "state", header: t("state"), value: (row) => t(`states.${row.state}`), cell: (row) => <State row={row} />, width: 150, grow: 0, choices: "found" },
    { id: "channel", header: t("channel"), value: (row) => (row.channel ? t(`channels.${row.channel}`) : t("channels.none")), width: 130, grow: 0, choices: "found" },
    { id: "propensity", header: t("propensity"), hint: t("propensity_hint"), value: (row) => row.propensity, cell: (row) => <span className="number">{percent(row.propensity, 1)}</span>, width: 100, grow: 0, align: "right" },
    { id: "why", header: t("why"), value: (row) => whyOf(row), width: 190, grow: 1, choices: "found" },
    { id: "stake", header: t("stake"), hint: t("stake_hint"), value: (row) => row.stake_minor, cell: (row) => <Amount minor={row.stake_minor} currency={row.currency} />, width: AMOUNT_PX, grow: 0, align: "right" },
    { id: "paid", header: t("paid"), value: (row) => row.paid_minor ?? 0, cell: (row) => (row.paid_minor === null ? null : <Amount minor={row.paid_minor} currency={row.currency} />), width: AMOUNT_PX, grow: 0, align: "right", hidden: true },
    { id: "until", header: t("until"), value: (row) => row.until, width: 110, grow: 0, hidden: true },
  ];
  return (
    <Page title={t("title")} lead={t("lead")} actions={<CopyAsApiCall path="/v1/offers" />}>
      <div className={classes.stack}>
        {programmes.error ? <ErrorPanel problem={programmes.error} onRetry={() => void programmes.refetch()} /> : null}
        {!programmes.error && !found ? <Loading lines={6} /> : null}
        {found?.length === 0 ? <Block><Empty icon={Megaphone} title={t("no_programme")} hint={t("no_programme_hint")} /></Block> : null}
        {found?.map((one) => <Effect key={one.name} programme={one.name} title={told(one.title)} />)}
        <DataTable name="offers" label={t("decisions")} columns={columns} rows={offers.data?.offers} rowKey={(row) => row.offer_id} problem={offers.error} onRetry={() => void offers.refetch()}
          onOpen={(row) => void navigate({ to: "/accounts/$id" as string, params: { id: row.account_id } as never })}
          empty={<Empty icon={Megaphone} title={t("no_offer")} hint={t("no_offer_hint")} />} />
        {offers.data?.next ? <p className={classes.quiet}>{t("only_newest", { number: number(PAGE) })}</p> : null}
        {found?.map((one) => (
          <div key={one.name} className={classes.stack}>
            <Programme programme={one} />
            <WhyNone programme={one} chosen={chosen === one.name} onChoose={() => choose(chosen === one.name ? undefined : one.name)} />
          </div>
        ))}
      </div>
    </Page>
  );
}

function State({ row }: { row: Shown }) {
  const { t } = useTranslation("offers");
  if (row.outcome) return <Badge tone={OUTCOMES[row.outcome]}>{t(`outcomes.${row.outcome}`)}</Badge>;
  return <Badge tone={STATES[row.state]}>{t(`states.${row.state}`)}</Badge>;
}

/** Why accounts of a programme's products were told nothing in the last look at all of them. */
function WhyNone({ programme, chosen, onChoose }: { programme: Shape<"ProgrammeShown">; chosen: boolean; onChoose: () => void }) {
  const { t } = useTranslation("offers");
  const rule = (why: string): string => t("rule", { rule: why.replace(/^rule:/, "") });
  return (
    <Block title={t("why_none")} note={t("why_none_note")} actions={<button type="button" className={classes.link} aria-pressed={chosen} onClick={onChoose}>{t(chosen ? "show_all" : "show_its")}</button>}>
      {programme.why_none.length === 0 ? <p className={classes.quiet}>{t("why_none_empty")}</p> : (
        <PlainTable label={t("why_none")} head={[t("why"), t("accounts")]}
          rows={programme.why_none.map((one) => [t(`reasons.${one.why}`, { defaultValue: rule(one.why) }), <span key="n" className="number">{number(one.accounts)}</span>])} />
      )}
    </Block>
  );
}
