/** A programme: whom it tells what, how often at most, and by what it is chosen. */
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Shape } from "../../api";
import { language } from "../../app/words";
import { Block, number, Pairs, percent } from "../../kit";
import classes from "./offers.module.css";

type Shown = Shape<"ProgrammeShown">;

/** A text that comes in both languages, in the reader's. */
export const told = (words: { en: string; zh: string }): string => (language() === "zh-CN" ? words.zh : words.en);

export function Programme({ programme }: { programme: Shown }) {
  const { t } = useTranslation("offers");
  const days = (count: number): string => t("days", { count, number: number(count) });
  const chances = Object.entries(programme.propensities ?? {}).map(([channel, share]) => `${t(`channels.${channel}`)} ${percent(share, 0)}`);
  const way = programme.model
    ? t("by_uplift", { model: programme.model, gain: percent(programme.least_gain ?? 0, 1) })
    : t("at_random", { chances: chances.join(", ") });
  return (
    <Block title={told(programme.title)} note={programme.description || undefined}>
      <div className={classes.pair}>
        <Pairs of={[
          [t("kind"), t(`kinds.${programme.kind}`)],
          [t("products"), <span key="p">{programme.products.map((one) => <Link key={one} to={"/products/$name" as string} params={{ name: one } as never} className="mono">{one} </Link>)}</span>],
          [t("when"), <code key="w">{programme.when}</code>],
          [t("purpose"), t(`purposes.${programme.purpose}`)],
          ...(programme.into_product ? [[t("into"), t("into_value", { product: programme.into_product, term: programme.into_term })] as [string, string]] : []),
        ]} />
        <Pairs of={[
          [t("chosen"), way],
          [t("hold_out"), t("hold_out_value", { share: percent(programme.hold_out, 0) })],
          [t("caps"), t("caps_value", { day: programme.caps_day, week: programme.caps_week, month: programme.caps_month })],
          [t("again"), days(programme.again_days)],
          [t("quiet"), days(programme.quiet_days)],
          [t("counted"), days(programme.answer_days)],
        ]} />
      </div>
    </Block>
  );
}
