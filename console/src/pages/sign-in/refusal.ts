/** A refusal at the door, in the reader's language. */
import type { TFunction } from "i18next";
import type { Problem } from "../../api";

const TOLD = new Set([
  "wrong_credentials", "sign_in_busy", "invalid_link", "invalid_name", "invalid_display_name", "name_taken", "unreachable",
  "password_too_short", "password_too_long", "password_too_common", "password_not_text",
]);

export function refusalOf(problem: Problem, t: TFunction<"sign-in">): string {
  if (problem.code === "too_many_attempts") {
    const seconds = problem.retryAfterS ?? 60;
    return seconds <= 90 ? t("refused.pause_seconds", { count: seconds }) : t("refused.pause_minutes", { count: Math.ceil(seconds / 60) });
  }
  return TOLD.has(problem.code) ? t(`refused.${problem.code}`) : problem.message;
}
