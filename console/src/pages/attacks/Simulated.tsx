import { FlaskConical } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Badge } from "../../kit";

/** Nothing on these pages happened: it is said wherever a figure stands. */
export function Simulated() {
  const { t } = useTranslation("attacks");
  return <Badge tone="wait" icon={FlaskConical}>{t("simulated")}</Badge>;
}
