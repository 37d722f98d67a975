import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { language } from "../../kit";

export type Kind = Shape<"AttackKindShown">;
export type Run = Shape<"AttackRunShown">;
export type Report = Shape<"AttackReport">;

const inChinese = (): boolean => language().startsWith("zh");

export const titleOf = (kind: Kind): string => (inChinese() ? kind.title_zh : kind.title_en);
export const wordsOf = (kind: Kind): string => (inChinese() ? kind.words_zh : kind.words_en);

/** What a kind of attack is called; its own name while that is not known. */
export function useTitle(): (kind: string) => string {
  useTranslation("attacks"); // drawn again in another language
  const found = useGet("/v1/attacks/kinds");
  return (name) => {
    const kind = found.data?.kinds.find((one) => one.kind === name);
    return kind ? titleOf(kind) : name;
  };
}

const DIALS = ["kind", "intensity", "disguise", "seed", "days", "warm_up_days", "customers"] as const;

/** Whether two runs are of the same attack, dial by dial. */
export const sameAttack = (one: Run, other: Run): boolean => DIALS.every((dial) => one.asked[dial] === other.asked[dial]);
