import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Badge, Block, language } from "../../kit";
import classes from "./decision.module.css";
import type { Trace } from "./trace";

/** Why, in the words that the customer reads, in both languages, with the place in the policy that says so. */
export function Reasons({ reasons, outcome, trace }: { reasons: readonly Shape<"Reason">[]; outcome: string; trace: Trace | null }) {
  const { t } = useTranslation("decision");
  const from = new Map((trace?.result?.reasons ?? []).map((one) => [one.code, one.rule && one.rule !== one.stage ? `${one.stage} · ${one.rule}` : one.stage]));
  const chinese = language() === "zh-CN";
  return (
    <Block title={t("reasons")} note={t("reasons_note")}>
      {reasons.length === 0 ? <p className="soft">{t(outcome === "approve" ? "no_reasons" : "no_reasons_given")}</p> : (
        <ol className={classes.reasons}>
          {reasons.map(({ code, en = "", zh = "" }) => (
            <li key={code}>
              <p lang={chinese ? "zh-CN" : "en"}>{(chinese ? zh : en) || (chinese ? en : zh) || code}</p>
              {en && zh ? <p className="soft" lang={chinese ? "en" : "zh-CN"}>{chinese ? en : zh}</p> : null}
              <p className={classes.from}><Badge>{code}</Badge>{from.has(code) ? <span className="soft">{from.get(code)}</span> : null}</p>
            </li>
          ))}
        </ol>
      )}
    </Block>
  );
}
