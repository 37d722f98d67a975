/** What the customer's pages are made of: few parts, large enough for a thumb, in the console's colours. */
import { Button, Loader } from "@mantine/core";
import { X } from "lucide-react";
import { useEffect, useId, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, type Problem } from "../api";
import { amount } from "../kit/format";
import styles from "./my.module.css";

export const Money = ({ minor, currency, large = false }: { minor: number; currency: string; large?: boolean }) => (
  <span className={`number nowrap ${large ? styles["large"] : ""}`} data-amount>
    {amount(minor, currency)}
  </span>
);

export const Card = ({ children, tone = "plain" }: { children: ReactNode; tone?: "plain" | "good" | "wait" | "bad" | "info" }) => (
  <div className={styles["card"]} data-tone={tone}>
    {children}
  </div>
);

export function Title({ children, lead }: { children: ReactNode; lead?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever listens instead of looking is told that the page is another one.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <header className={styles["title"]}>
      <h1 ref={heading} tabIndex={-1}>
        {children}
      </h1>
      {lead ? <p className="soft">{lead}</p> : null}
    </header>
  );
}

export const Rows = ({ rows }: { rows: [ReactNode, ReactNode][] }) => (
  <dl className={styles["rows"]}>
    {rows.map(([name, value], place) => (
      <div key={place}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

/** What stays under the thumb: the one thing to do next. */
export const Actions = ({ children }: { children: ReactNode }) => <div className={styles["actions"]}>{children}</div>;

export const Main = ({ onClick, children, disabled, loading, type = "button", colour }: { onClick?: () => void; children: ReactNode; disabled?: boolean; loading?: boolean; type?: "button" | "submit"; colour?: string }) => (
  <Button size="lg" fullWidth type={type} disabled={disabled ?? false} loading={loading ?? false} {...(colour ? { color: colour } : {})} {...(onClick ? { onClick } : {})}>
    {children}
  </Button>
);

export const Second = ({ onClick, children, loading }: { onClick: () => void; children: ReactNode; loading?: boolean }) => (
  <Button size="lg" fullWidth variant="default" onClick={onClick} loading={loading ?? false}>
    {children}
  </Button>
);

export function Waiting() {
  const { t } = useTranslation("my");
  return (
    <div className={styles["waiting"]} role="status">
      <Loader size="md" />
      <span className="visually-hidden">{t("loading")}</span>
    </div>
  );
}

/** What went wrong in the customer's words; the server's own words only where we have none. */
export function Wrong({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t, i18n } = useTranslation("my");
  const problem: Problem = problemOf(error);
  const key = `problem.${problem.code}`;
  const known = i18n.exists(key, { ns: "my" });
  return (
    <div className={styles["wrong"]} role="alert" data-problem={problem.code}>
      <p>{known ? t(key as "problem.unreachable") : t("problem.other")}</p>
      {known ? null : <p className="soft">{t("problem.reference", { code: problem.code, id: problem.requestId ?? "" })}</p>}
      {retry ? (
        <Button variant="default" size="sm" onClick={retry}>
          {t("again")}
        </Button>
      ) : null}
    </div>
  );
}

export interface Choice {
  value: string;
  title: ReactNode;
  aside?: ReactNode;
  below?: ReactNode;
}

/** One of a few, as cards that a thumb finds. */
export function Choices({ label, choices, value, onChange }: { label: string; choices: Choice[]; value: string | null; onChange: (value: string) => void }) {
  const name = useId();
  return (
    <fieldset className={styles["choices"]}>
      <legend>{label}</legend>
      {choices.map((one) => (
        <label key={one.value} data-chosen={one.value === value || undefined}>
          <input type="radio" name={name} value={one.value} checked={one.value === value} onChange={() => onChange(one.value)} />
          <span className={styles["choice"]}>
            <span className={styles["choice-head"]}>
              <strong>{one.title}</strong>
              <span>{one.aside}</span>
            </span>
            {one.below ? <span className="soft">{one.below}</span> : null}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Short values side by side, such as numbers of months. */
export function Chips({ label, values, value, onChange, say }: { label: string; values: number[]; value: number; onChange: (value: number) => void; say: (value: number) => string }) {
  const name = useId();
  return (
    <fieldset className={styles["chips"]}>
      <legend>{label}</legend>
      <div>
        {values.map((one) => (
          <label key={one} data-chosen={one === value || undefined}>
            <input className="visually-hidden" type="radio" name={name} checked={one === value} onChange={() => onChange(one)} />
            {say(one)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** A window over the page, from below; the page behind it cannot be used until it is closed. */
export function Sheet({ title, onClose, children, foot }: { title: string; onClose: () => void; children: ReactNode; foot: ReactNode }) {
  const { t } = useTranslation("my");
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} className={styles["sheet"]} aria-labelledby={id} onCancel={(event) => { event.preventDefault(); onClose(); }}>
      <div className={styles["sheet-head"]}>
        <h2 id={id}>{title}</h2>
        <button type="button" className={styles["close"]} onClick={onClose} aria-label={t("close")}>
          <X size={22} aria-hidden="true" />
        </button>
      </div>
      <div className={styles["sheet-body"]} tabIndex={0} role="region" aria-labelledby={id}>
        {children}
      </div>
      <div className={styles["sheet-foot"]}>{foot}</div>
    </dialog>
  );
}
