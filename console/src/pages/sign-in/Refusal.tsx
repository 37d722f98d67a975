import { CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Problem } from "../../api";
import { refusalOf } from "./refusal";
import classes from "./sign-in.module.css";

/** Why one is not let in, and what helps. */
export function Refusal({ problem }: { problem: Problem }) {
  const { t } = useTranslation("sign-in");
  return <p className={classes.wrong} role="alert"><CircleAlert size={16} aria-hidden /> <span>{refusalOf(problem, t)}</span></p>;
}
