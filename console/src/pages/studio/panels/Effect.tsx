import { lazy, Suspense, type ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { Empty, Loading } from "../../../kit";
import { useStudio } from "../model/context";

export interface EffectPanelProps {
  policy: string; // name
  document: Record<string, unknown>; // the draft
  text: string; // the same as YAML
  json: string; // the same, number for number
  live: string | null; // digest of the version in force
  publishable: boolean; // whether the draft can be run
}

// The panel is a room of its own; without it the place says so.
const files = import.meta.glob<{ default: ComponentType<EffectPanelProps> }>("../effect/EffectPanel.tsx");
const load = files["../effect/EffectPanel.tsx"];
const Panel = load ? lazy(load) : null;

/** How many recorded decisions the draft would change, for better and worse. */
export function Effect({ live }: { live: string | null }) {
  const { t } = useTranslation("studio");
  const { name, draft } = useStudio();
  if (!Panel) return <Empty title={t("effect_panel.absent")} hint={t("effect_panel.absent_hint")} />;
  if (!draft.report) return <Loading lines={4} />;
  return (
    <Suspense fallback={<Loading lines={4} />}>
      <Panel policy={name} document={draft.document} text={draft.text} json={draft.report.json} live={live} publishable={draft.fresh && draft.report.publishable} />
    </Suspense>
  );
}
