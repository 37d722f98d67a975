import { autocompletion, completionKeymap, snippetCompletion, type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { sql } from "@codemirror/lang-sql";
import { linter, setDiagnostics } from "@codemirror/lint";
import { Annotation, EditorState } from "@codemirror/state";
import { EditorView, keymap, placeholder, tooltips } from "@codemirror/view";
import { Input } from "@mantine/core";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Shape } from "../../../api";
import { Badge, inWords, percent, plain } from "../../../kit";
import { useStudio } from "../model/context";
import { editorLook } from "../text/editor";
import type { ExpressionFieldProps } from "./ExpressionField";
import classes from "../studio.module.css";

const OUTSIDE = Annotation.define<boolean>(); // a change that did not come from the keyboard
const PAUSE_MS = 220;
const SHOWN = 6;
const ARROW = " → ";

export default function ExpressionEditor({ label, value, onChange, autoFocus, want = "value" }: ExpressionFieldProps) {
  const { t } = useTranslation("studio");
  const { names, draft, eventType, mayEdit } = useStudio();
  const id = useId();
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const [focused, setFocused] = useState(false);
  const latest = useRef({ names, draft, onChange, t });
  useEffect(() => { latest.current = { names, draft, onChange, t }; });
  const told = useExpression(value, eventType, draft.document, focused || autoFocus === true);

  useEffect(() => {
    if (!host.current) return;
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: value,
        extensions: [
          history(), sql({ upperCaseKeywords: true }), EditorView.lineWrapping, linter(null), placeholder(latest.current.t(`expression.placeholder_${want}`)),
          autocompletion({ override: [(context) => completions(context, latest.current.names, latest.current.draft.report)], icons: false }),
          tooltips({ parent: document.body, position: "fixed" }),
          keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
          EditorState.readOnly.of(!mayEdit), EditorView.editable.of(mayEdit),
          EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": `${id}-said`, tabindex: "0" }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && update.transactions.some((one) => one.annotation(OUTSIDE) !== true)) latest.current.onChange(update.state.doc.toString());
            if (update.focusChanged) setFocused(update.view.hasFocus);
          }),
          editorLook(),
        ],
      }),
    });
    view.current = made;
    if (autoFocus) made.focus();
    return () => {
      made.destroy();
      view.current = null;
    };
    // The editor is made once; what changes is told to it below.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [mayEdit, label]);

  useEffect(() => {
    const one = view.current;
    if (!one || one.state.doc.toString() === value) return;
    one.dispatch({ changes: { from: 0, to: one.state.doc.length, insert: value }, annotations: OUTSIDE.of(true) });
  }, [value]);

  useEffect(() => {
    const one = view.current;
    if (!one || !told || told.text !== one.state.doc.toString()) return;
    one.dispatch(setDiagnostics(one.state, told.said.findings.flatMap((finding) => {
      if (!finding.line || finding.line > one.state.doc.lines) return [];
      const line = one.state.doc.line(finding.line);
      const from = Math.min(line.from + (finding.column ?? 1) - 1, line.to);
      const word = /^\w+/.exec(one.state.doc.sliceString(from, line.to))?.[0].length ?? 1;
      return [{ from, to: Math.min(from + word, line.to), severity: finding.severity, message: inWords(finding.message) }];
    })));
  }, [told]);

  const said = told?.said;
  const wrong = said !== undefined && (!said.valid || (want === "condition" && said.type !== "boolean"));
  return (
    <div>
      <Input.Label>{label}</Input.Label>
      <div ref={host} className={classes.expression} data-wrong={wrong || undefined} />
      <div id={`${id}-said`} className={classes.said} aria-live="polite">
        {said ? <Said said={said} want={want} /> : null}
      </div>
    </div>
  );
}

function Said({ said, want }: { said: Shape<"ExpressionCheck">; want: "condition" | "value" }) {
  const { t } = useTranslation("studio");
  if (!said.valid) {
    return <>{said.findings.map((finding) => <p key={finding.code} style={{ color: "var(--bad)" }}>{inWords(finding.message)} {inWords(finding.hint)}</p>)}</>;
  }
  return (
    <>
      <p>{inWords(said.words)}</p>
      <div className={classes.saidLine}>
        <Badge tone={want === "condition" && said.type !== "boolean" ? "bad" : "neutral"}>{t(`type.${said.type ?? "text"}`)}</Badge>
        {said.sampled > 0 ? (
          <span>
            {said.true_share !== null ? `${t("expression.holds", { share: percent(said.true_share), count: said.sampled })} ` : ""}
            {said.null_share ? t("expression.unknown", { share: percent(said.null_share) }) : ""}
          </span>
        ) : <span>{t("expression.no_samples")}</span>}
        {said.hidden ? <span>{t("expression.hidden")}</span> : null}
      </div>
      {said.samples.some((one) => one.recorded) ? (
        <div className={classes.samples}>
          {said.samples.filter((one) => one.recorded).slice(0, SHOWN).map((one) => (
            <span key={one.decision_id} className={classes.sample} title={one.decision_id}>
              {Object.entries(one.facts).map(([name, fact]) => `${name} ${fact === null ? t("missing") : plain(fact)}`).join(", ")}{ARROW}{one.value === null ? t("unknown") : typeof one.value === "boolean" ? t(one.value ? "yes" : "no") : plain(one.value)}
            </span>
          ))}
        </div>
      ) : null}
    </>
  );
}

/** What the server says of an expression, a moment after it was last changed; only while it is looked at. */
function useExpression(text: string, eventType: string, policy: unknown, active: boolean): { text: string; said: Shape<"ExpressionCheck"> } | null {
  const [told, setTold] = useState<{ text: string; said: Shape<"ExpressionCheck"> } | null>(null);
  const latest = useRef(policy);
  useEffect(() => { latest.current = policy; });
  useEffect(() => {
    if (!active || !eventType) return;
    const leave = new AbortController();
    const timer = window.setTimeout(() => {
      api.POST("/v1/studio/expression/check", { body: { text, event_type: eventType, policy: latest.current, samples: 50 }, signal: leave.signal }).then(
        ({ data }) => { if (data) setTold({ text, said: data }); },
        () => undefined, // the policy's own check says what is wrong with the connection
      );
    }, PAUSE_MS);
    return () => {
      window.clearTimeout(timer);
      leave.abort();
    };
  }, [text, eventType, active]);
  return active ? told : null;
}

function completions(context: CompletionContext, names: Shape<"StudioNames"> | undefined, report: Shape<"DraftCheck"> | null): CompletionResult | null {
  const word = context.matchBefore(/(?:\b[A-Za-z_]\w*)?/);
  const quoted = context.matchBefore(/in_list\s*\(\s*\w*\s*,\s*'\w*/i);
  if (quoted) {
    const from = context.pos - (/\w*$/.exec(quoted.text)?.[0].length ?? 0);
    return { from, options: (names?.lists ?? []).map((one) => ({ label: one.name, detail: one.entity, info: one.description })), validFor: /^\w*$/ };
  }
  if (!word || (word.from === word.to && !context.explicit)) return null;
  const variables: Completion[] = (report?.names ?? []).filter((one) => one.source === "variable").map((one) => ({ label: one.name, detail: one.type, type: "variable", boost: 3 }));
  const columns: Completion[] = (names?.columns ?? []).map((one) => ({
    label: one.name, detail: one.type, type: "property", boost: one.source === "event" ? 2 : 1,
    info: [inWords(one.words), one.values ? one.values.join(", ") : "", one.example === null || one.example === undefined ? "" : `= ${plain(one.example)}`].filter(Boolean).join("\n"),
  }));
  const functions: Completion[] = (names?.functions ?? []).map((one) =>
    snippetCompletion(one.insert.replace("$", "${}"), { label: one.name, detail: one.group, info: `${inWords(one.words)}\n${one.example}`, type: "function" }));
  return { from: word.from, options: [...variables, ...columns, ...functions], validFor: /^\w*$/ };
}
