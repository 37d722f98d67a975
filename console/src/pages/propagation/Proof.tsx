/** The proof that a change has reached everybody: asked for until it has, then told in one sentence. */
import type { TFunction } from "i18next";
import { CircleCheck, Hourglass } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Badge, duration } from "../../kit";
import classes from "./propagation.module.css";

type ChangeProof = Shape<"ChangeProof">;

const AGAIN_MS = 250;
const PATIENCE_MS = 20_000;
const US_PER_MS = 1000;

/** Whether every open page has said that it has the change. */
export const isConfirmed = (change: ChangeProof): boolean => change.sent === change.connections && change.confirmed >= change.sent;

/** Until every open connection has it: the slowest word back where pages sent one, else the slowest way there. */
export const reachedMs = (change: ChangeProof): number => Math.max(change.slowest_confirmed_ms ?? 0, change.slowest_ms ?? 0);

const ms = (value: number): string => duration(value * US_PER_MS);

interface ProofProps {
  kind: ChangeProof["kind"];
  name: string; // of the list, or the digest of the release
  since: string; // RFC 3339 by the server's clock: changes before it are others
}

/** The newest change of `name`, followed until every page has it. */
export function Proof({ kind, name, since }: ProofProps) {
  const { t } = useTranslation("propagation");
  const [patient, setPatient] = useState(true);
  useEffect(() => {
    setPatient(true);
    const timer = window.setTimeout(() => setPatient(false), PATIENCE_MS);
    return () => window.clearTimeout(timer);
  }, [kind, name, since]);
  const found = useGet("/v1/propagation", { params: { query: { limit: 50 } } }, {
    refetchInterval: ({ state }) => {
      const change = newest(state.data, { kind, name, since });
      return patient && !(change && isConfirmed(change) && change.everywhere) ? AGAIN_MS : false;
    },
  });
  const change = newest(found.data, { kind, name, since });
  return (
    <div className={classes.proof} role="status" data-testid="proof">
      {change && isConfirmed(change) ? <CircleCheck size={20} aria-hidden data-tone="good" /> : <Hourglass size={20} aria-hidden />}
      <div>
        {change ? <ProofWords change={change} /> : <p>{t("waiting")}</p>}
      </div>
    </div>
  );
}

function newest(found: Shape<"Propagation"> | undefined, { kind, name, since }: ProofProps): ChangeProof | undefined {
  return found?.changes.find((change) => change.kind === kind && change.name === name && change.at >= since);
}

/** Its process reads at once; its tables follow when there is room for that. */
function lakeWords(t: TFunction<"propagation">, { after_ms: read, tables_after_ms: copied }: Shape<"ChangeReach">): string {
  if (read === null || read === undefined) return t("lake_waiting");
  if (copied === null || copied === undefined) return t("lake", { after: ms(read) });
  return t("lake_tables", { after: ms(read), tables: ms(copied) });
}

function ProofWords({ change }: { change: ChangeProof }) {
  const { t } = useTranslation("propagation");
  const lake = change.processes.find(({ process }) => process === "lake");
  return (
    <>
      <p><strong>{isConfirmed(change) ? t("everywhere", { after: ms((change.in_force_ms ?? 0) + reachedMs(change)) }) : t("in_force", { after: ms(change.in_force_ms ?? 0) })}</strong></p>
      <p className="soft">
        {t("detail", { durable: ms(change.in_force_ms ?? 0), confirmed: change.confirmed, count: change.connections, slowest: ms(reachedMs(change)) })}
        {lake ? ` ${lakeWords(t, lake)}` : ""}
      </p>
    </>
  );
}

/** How far a change has got, as a label. */
export function Reach({ change }: { change: ChangeProof }) {
  const { t } = useTranslation("propagation");
  if (change.connections === 0) return <Badge>{t("nobody")}</Badge>;
  return isConfirmed(change)
    ? <Badge tone="good" icon={CircleCheck}>{t("reached", { count: change.connections, after: ms(reachedMs(change)) })}</Badge>
    : <Badge tone="wait" icon={Hourglass}>{t("reaching", { confirmed: change.confirmed, count: change.connections })}</Badge>;
}
