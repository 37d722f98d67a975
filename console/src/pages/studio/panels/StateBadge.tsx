import { CircleCheck, CircleDashed, CornerUpLeft, Eye, History } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "../../../kit";

const MARKS = { draft: ["neutral", CircleDashed], declined: ["bad", CornerUpLeft], reviewed: ["accent", Eye], live: ["good", CircleCheck], retired: ["neutral", History] } as const;

/** How far a version has come. */
export function StateBadge({ state }: { state: string }) {
  const { t } = useTranslation("studio");
  const [tone, icon] = MARKS[state as keyof typeof MARKS] ?? (["neutral", CircleDashed] as const);
  return <Badge tone={tone satisfies Tone} icon={icon}>{t(`state.${state}`)}</Badge>;
}
