/** Why training would refuse what was said so far. */
import { TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import classes from "./training.module.css";

export function Fault({ fault }: { fault: Shape<"LookFault"> }) {
  const { t, i18n } = useTranslation("training");
  const known = i18n.exists(`faults.${fault.code}`, { ns: "training" });
  return (
    <p className={classes.fault} role="status">
      <TriangleAlert size={16} aria-hidden />
      <span>{known ? t(`faults.${fault.code}`, { value: fault.value, field: fault.field }) : [fault.detail, fault.hint].filter(Boolean).join(" ")}</span>
    </p>
  );
}
