import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Badge, Block, language, number } from "../../kit";
import classes from "./decision.module.css";
import type { Trace } from "./trace";

/** Why, in the words that the customer reads, in both languages, with the place in the policy that says so. */
export function Reasons({ reasons, outcome, trace, told }: { reasons: readonly Shape<"Reason">[]; outcome: string; trace: Trace | null; told?: Shape<"Told"> | null }) {
  const { t } = useTranslation("decision");
  const from = new Map((trace?.result?.reasons ?? []).map((one) => [one.code, one.rule && one.rule !== one.stage ? `${one.stage} · ${one.rule}` : one.stage]));
  const chinese = language() === "zh-CN";
  return (
    <Block title={t("reasons")} note={told?.statements ? t("reasons_told", { reference: t(`reference.${told.reference}`) }) : t("reasons_note")}>
      {told?.statements && told.reasons.length > 0 ? <Principal reasons={told.reasons} /> : reasons.length === 0 ? <p className="soft">{t(outcome === "approve" ? "no_reasons" : "no_reasons_given")}</p> : (
        <ol className={classes.reasons}>
          {saidOnce(reasons).map(({ en, zh, codes, codes: [code] }) => (
            <li key={code}>
              <p lang={chinese ? "zh-CN" : "en"}>{(chinese ? zh : en) || (chinese ? en : zh) || code}</p>
              {en && zh ? <p className="soft" lang={chinese ? "en" : "zh-CN"}>{chinese ? en : zh}</p> : null}
              <p className={classes.from}>
                {codes.map((each) => <Badge key={each}>{each}</Badge>)}
                {from.has(code) ? <span className="soft">{from.get(code)}</span> : null}
              </p>
            </li>
          ))}
        </ol>
      )}
    </Block>
  );
}

/** The principal reasons in the order in which a letter tells them, with what stands behind each, for colleagues. */
function Principal({ reasons }: { reasons: readonly Shape<"PrincipalReason">[] }) {
  const { t } = useTranslation("decision");
  const [first, second] = language() === "zh-CN" ? (["zh-CN", "en"] as const) : (["en", "zh-CN"] as const);
  return (
    <ol className={classes.reasons}>
      {reasons.map(({ statement, words, advice, source, codes, inputs, weight, discreet }) => (
        <li key={statement}>
          <p lang={first}>{words[first]}</p>
          <p className="soft" lang={second}>{words[second]}</p>
          {advice ? <p lang={first}>{t("advice", { advice: advice[first] })}</p> : null}
          <p className={classes.from}>
            {codes.map((each) => <Badge key={each}>{each}</Badge>)}
            <span className="soft">
              {[t(`from_source.${source}`), inputs.join(", "), weight === null ? "" : t("adds", { weight: number(weight, 3) }), discreet ? t("discreet") : ""].filter(Boolean).join(" · ")}
            </span>
          </p>
        </li>
      ))}
    </ol>
  );
}

interface Said {
  en: string;
  zh: string;
  codes: [string, ...string[]];
}

/** Several codes may say the same to a customer, who hears it once. */
function saidOnce(reasons: readonly Shape<"Reason">[]): Said[] {
  const found = new Map<string, Said>();
  for (const { code, en = "", zh = "" } of reasons) {
    const key = en || zh ? JSON.stringify([en, zh]) : code;
    const before = found.get(key);
    if (before) before.codes.push(code);
    else found.set(key, { en, zh, codes: [code] });
  }
  return [...found.values()];
}
