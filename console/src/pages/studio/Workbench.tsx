import { ActionIcon, Button, SegmentedControl, Tabs, Tooltip } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { Redo2, Undo2 } from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Badge, Dialog, Loading, Page, useKeys, useMay, useUrlSearch } from "../../kit";
import { StudioProvider, type Studio } from "./model/context";
import { at, pathOf, stageOf, type Doc } from "./model/paths";
import { kindOf } from "./model/stages";
import { useDraft } from "./model/useDraft";
import { useKeptDraft } from "./model/useKeptDraft";
import { AddStage } from "./stage/AddStage";
import { StagePanel } from "./stage/StagePanel";
import { Outline } from "./flow/Outline";
import { Changes, Difference } from "./panels/Changes";
import { Effect } from "./panels/Effect";
import { Examples } from "./panels/Examples";
import { InWords } from "./panels/InWords";
import { Problems } from "./panels/Problems";
import { StateBadge } from "./panels/StateBadge";
import { Versions } from "./panels/Versions";
import { SaveDraft } from "./panels/SaveDraft";
import classes from "./studio.module.css";

const FlowCanvas = lazy(() => import("./flow/FlowCanvas"));
const PolicyText = lazy(() => import("./text/PolicyText"));
const VIEWS = ["flow", "outline", "text"] as const;
const TABS = ["problems", "examples", "effect", "words", "changes", "versions"] as const;

interface WorkbenchProps {
  policy: Shape<"StudioPolicy">;
  start: { document: Doc; text: string };
  shown: string;
}

export function Workbench({ policy, start, shown }: WorkbenchProps) {
  const { t } = useTranslation("studio");
  // What others save meanwhile comes into `policy`; what is edited here stays what was opened.
  const [opened] = useState(shown);
  const [known] = useState(() => policy.versions[0]?.digest);
  const newer = policy.versions[0]?.digest === known ? undefined : policy.versions[0];
  const [comparing, setComparing] = useState(false);
  const mayEdit = useMay("draft");
  const draft = useDraft(start);
  const [address, change] = useUrlSearch();
  const [focus, setFocus] = useState("");
  const [saving, setSaving] = useState(false);
  const view = (VIEWS as readonly string[]).includes(address["view"] ?? "") ? (address["view"] as (typeof VIEWS)[number]) : "flow";
  const tab = (TABS as readonly string[]).includes(address["tab"] ?? "") ? (address["tab"] as string) : "problems";
  const selected = address["stage"] ?? "";
  const eventType = typeof draft.document["event"] === "string" ? draft.document["event"] : "";
  const names = useGet("/v1/studio/columns", { params: { query: { event_type: eventType } } }, { enabled: /^[a-z][a-z0-9_]*$/.test(eventType), staleTime: 60_000, retry: false });
  const kept = useKeptDraft(policy.name, opened, draft);

  const select = useCallback((path: string, part = "") => {
    setFocus(part);
    change({ stage: path || undefined });
  }, [change]);
  const openPlace = useCallback((where: string) => {
    const stage = stageOf(where);
    if (stage) select(stage, where);
    else if (where.startsWith("examples")) change({ tab: "examples" });
    else if (where === "text") change({ view: "text" });
    else select("start", where);
  }, [select, change]);

  const blocker = useBlocker({ shouldBlockFn: ({ current, next }) => draft.dirty && current.pathname !== next.pathname, enableBeforeUnload: () => draft.dirty, withResolver: true });

  useKeys(t("title"), [
    { keys: "mod+z", words: t("undo"), act: draft.undo },
    { keys: "mod+y", words: t("redo"), act: draft.redo },
    { keys: "mod+s", words: t("save.title"), act: () => { if (draft.dirty && mayEdit) setSaving(true); } },
    { keys: "1", words: t("view.flow"), act: () => change({ view: undefined }) },
    { keys: "2", words: t("view.outline"), act: () => change({ view: "outline" }) },
    { keys: "3", words: t("view.text"), act: () => change({ view: "text" }) },
    { keys: "Escape", words: t("close_stage"), act: () => select("") },
  ]);
  useEffect(() => { document.title = `${policy.name} · ${t("title")}`; }, [policy.name, t]);

  const studio = useMemo<Studio>(
    () => ({ name: policy.name, draft, names: names.data, eventType, mayEdit, selected, select, focus }),
    [policy.name, draft, names.data, eventType, mayEdit, selected, select, focus],
  );
  const version = policy.versions.find((one) => one.digest === opened);
  const errors = draft.report?.findings.filter((one) => one.severity === "error").length ?? 0;
  const warnings = (draft.report?.findings.length ?? 0) - errors;
  const failing = draft.report?.examples.filter((one) => !one.passed).length ?? 0;

  return (
    <StudioProvider value={studio}>
      <Page title={policy.name} back={{ to: "/studio", words: t("title") }} fills
        lead={<span className={classes.standing}>
          {version ? <StateBadge state={version.state} /> : null}
          {draft.dirty ? <Badge tone="wait">{t("unsaved")}</Badge> : null}
          <span role="status">{!draft.fresh && !draft.problem ? t("looking") : errors > 0 ? t("has_errors", { count: errors }) : t("holds_together")}</span>
        </span>}
        actions={<>
          <Tooltip label={t("undo")}><ActionIcon variant="default" size="lg" aria-label={t("undo")} disabled={!draft.canUndo} onClick={draft.undo}><Undo2 size={17} /></ActionIcon></Tooltip>
          <Tooltip label={t("redo")}><ActionIcon variant="default" size="lg" aria-label={t("redo")} disabled={!draft.canRedo} onClick={draft.redo}><Redo2 size={17} /></ActionIcon></Tooltip>
          {mayEdit ? <AddStage /> : null}
          {mayEdit ? <Button disabled={!draft.dirty || !draft.fresh} onClick={() => setSaving(true)}>{t("save.title")}</Button> : null}
        </>}>
        {newer ? (
          <div className={classes.notice} role="status">
            <span>{t("newer.there", { author: newer.author })}</span>
            <Button size="compact-sm" variant="default" onClick={() => setComparing(true)}>{t("newer.compare")}</Button>
            <Button size="compact-sm" disabled={draft.dirty} title={draft.dirty ? t("versions.save_first") : undefined} onClick={() => change({ version: newer.digest })}>{t("newer.open")}</Button>
          </div>
        ) : null}
        {kept.offer ? (
          <div className={classes.notice} role="status">
            <span>{t("kept.offer")}</span>
            <Button size="compact-sm" onClick={kept.restore}>{t("kept.restore")}</Button>
            <Button size="compact-sm" variant="default" onClick={kept.discard}>{t("kept.discard")}</Button>
          </div>
        ) : null}
        <div className={classes.studio} data-stage={selected ? (kindOf(at(draft.document, pathOf(selected))) ?? "other") : undefined}>
          <section className={classes.work} aria-label={t("view.label")}>
            <div className={classes.bar}>
              <SegmentedControl size="xs" value={view} onChange={(value) => change({ view: value === "flow" ? undefined : value })} aria-label={t("view.label")}
                data={VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))} />
              <Button size="compact-sm" variant={selected === "start" ? "light" : "default"} onClick={() => select("start")}>{t("policy_settings")}</Button>
            </div>
            <div className={classes.canvas}>
              <Suspense fallback={<Loading lines={6} />}>
                {view === "flow" ? <FlowCanvas /> : view === "outline" ? <Outline /> : <PolicyText />}
              </Suspense>
            </div>
          </section>
          {selected ? <StagePanel /> : null}
          <section className={classes.below} aria-label={t("tab.label")}>
            <Tabs value={tab} onChange={(value) => change({ tab: value === "problems" ? undefined : (value ?? undefined) })} keepMounted={false} classNames={{ root: classes.tabs ?? "", panel: classes.panel ?? "" }}>
              <Tabs.List>
                {TABS.map((one) => (
                  <Tabs.Tab key={one} value={one} rightSection={
                    one === "problems" && errors + warnings > 0 ? <Badge tone={errors ? "bad" : "wait"}>{errors + warnings}</Badge>
                      : one === "examples" && failing > 0 ? <Badge tone="bad">{failing}</Badge> : null
                  }>{t(`tab.${one}`)}</Tabs.Tab>
                ))}
              </Tabs.List>
              <Tabs.Panel value="problems" tabIndex={0}><Problems onOpen={openPlace} /></Tabs.Panel>
              <Tabs.Panel value="examples" tabIndex={0}><Examples /></Tabs.Panel>
              <Tabs.Panel value="effect" tabIndex={0}><Effect live={policy.live} /></Tabs.Panel>
              <Tabs.Panel value="words" tabIndex={0}><InWords /></Tabs.Panel>
              <Tabs.Panel value="changes" tabIndex={0}><Changes live={policy.live} /></Tabs.Panel>
              <Tabs.Panel value="versions" tabIndex={0}><Versions policy={policy} shown={opened} /></Tabs.Panel>
            </Tabs>
          </section>
        </div>
      </Page>
      <SaveDraft opened={saving} onClose={() => setSaving(false)} live={policy.live} onSaved={kept.discard} />
      <Dialog opened={comparing} onClose={() => setComparing(false)} title={t("newer.compare")} size="lg">
        {newer ? <Difference old={{ digest: opened }} now={{ digest: newer.digest }} /> : null}
      </Dialog>
      <Dialog opened={blocker.status === "blocked"} onClose={() => blocker.reset?.()} title={t("leave.title")}>
        <p>{t("leave.words")}</p>
        <div className={classes.choices}>
          <Button variant="default" onClick={() => blocker.proceed?.()}>{t("leave.go")}</Button>
          <Button data-autofocus onClick={() => blocker.reset?.()}>{t("leave.stay")}</Button>
        </div>
      </Dialog>
    </StudioProvider>
  );
}
