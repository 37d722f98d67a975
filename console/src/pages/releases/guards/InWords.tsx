import { useTranslation } from "react-i18next";
import { language, number } from "../../../kit";
import type { GuardForm } from "./guard";

const told = (value: number): string => number(value, 4);

/** A guard rail as one sentence: when the release goes, by itself. */
export function InWords({ guard }: { guard: GuardForm }) {
  const { t } = useTranslation("releases");
  const { approvalMin: least, approvalMax: most, latency, errors } = guard;
  const limits = [
    least !== "" && most !== "" ? t("guards.words.outside", { least: told(least), most: told(most) })
      : least !== "" ? t("guards.words.below", { least: told(least) })
        : most !== "" ? t("guards.words.above", { most: told(most) }) : "",
    latency === "" ? "" : t("guards.words.slow", { latency: told(latency) }),
    errors === "" ? "" : t("guards.words.fails", { errors: told(errors) }),
  ].filter(Boolean);
  if (limits.length === 0 || !guard.policy || guard.window === "" || guard.minimum === "") return <p className="soft">{t("guards.words.nothing")}</p>;
  return (
    <p data-testid="guard-in-words">
      {t("guards.words.sentence", {
        policy: guard.policy, limits: new Intl.ListFormat(language(), { type: "disjunction" }).format(limits),
        window: t("guards.words.minutes", { count: guard.window, number: number(guard.window) }), minimum: number(guard.minimum),
      })}
    </p>
  );
}
