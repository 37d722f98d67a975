/** What differs, definition by definition, in the reader's language. */
import { Accordion } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Minus, Pencil, Plus } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Badge, Instant, inWords, number, type Tone } from "../../kit";
import classes from "./releases.module.css";

export type ReleaseChange = Shape<"ReleaseChange">;

const MARKS: Record<ReleaseChange["what"], { tone: Tone; icon: typeof Plus }> = {
  added: { tone: "good", icon: Plus },
  removed: { tone: "bad", icon: Minus },
  changed: { tone: "accent", icon: Pencil },
};
const FEW = 4;
const SHOWN = 12;

export const keyOf = (change: ReleaseChange): string => `${change.kind}/${change.name}`;

/** One line on what happened to a definition. */
export function ChangeHead({ change }: { change: ReleaseChange }) {
  const { t } = useTranslation("releases");
  const { tone, icon } = MARKS[change.what];
  return (
    <span className={classes.changeHead}>
      <Badge tone={tone} icon={icon}>{t(`what.${change.what}`)}</Badge>
      <span>{t(`kinds.${change.kind}`, { defaultValue: change.kind })}</span>
      <strong className="mono">{change.name}</strong>
    </span>
  );
}

/** The sentences of a change; the first dozen until more are asked for. */
export function Sentences({ change }: { change: ReleaseChange }) {
  const { t } = useTranslation("releases");
  const [all, setAll] = useState(false);
  const shown = all ? change.words : change.words.slice(0, SHOWN);
  return (
    <>
      <ul className={classes.sentences}>{shown.map((one, place) => <li key={place}>{inWords(one)}</li>)}</ul>
      {shown.length < change.words.length ? <button type="button" className={classes.more} onClick={() => setAll(true)}>{t("more", { count: change.words.length - shown.length, number: number(change.words.length - shown.length) })}</button> : null}
    </>
  );
}

/** Who wrote a version and who approved it. */
export function Hands({ change }: { change: ReleaseChange }) {
  const { t } = useTranslation("releases");
  return (
    <p className="soft">
      {t("written_by", { author: change.author })} <Instant at={change.pushed_at} form="short" />
      {change.approvals.map((one) => <Approved key={one.approver + one.at}>{one.note ? t("approved_by_noting", { approver: one.approver, note: one.note }) : t("approved_by", { approver: one.approver })}</Approved>)}
    </p>
  );
}

const Approved = ({ children }: { children: ReactNode }) => <span className={classes.approved}>{children}</span>;

interface ChangesProps {
  changes: readonly ReleaseChange[];
  compact?: boolean; // in a small window: no links
}

export function ChangesInWords({ changes, compact }: ChangesProps) {
  const { t } = useTranslation("releases");
  return (
    <Accordion multiple variant="separated" chevronPosition="left" defaultValue={compact && changes.length > FEW ? [] : changes.slice(0, FEW).map(keyOf)}>
      {changes.map((change) => (
        <Accordion.Item key={keyOf(change)} value={keyOf(change)}>
          <Accordion.Control><ChangeHead change={change} /></Accordion.Control>
          <Accordion.Panel>
            <Sentences change={change} />
            {compact ? null : <Hands change={change} />}
            {!compact && change.kind === "model" && change.old && change.new ? (
              <p><Link to={"/models/$name" as string} params={{ name: change.name } as never} search={{ tab: "compare", first: change.old, second: change.new } as never}>{t("compare_models")}</Link></p>
            ) : null}
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}
