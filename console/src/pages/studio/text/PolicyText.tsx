/** The policy as text. What is written here is the policy: the drawing follows, and the other way round. */
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, foldGutter, foldKeymap } from "@codemirror/language";
import { lintGutter, linter, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../../api";
import { inWords } from "../../../kit";
import { useStudio } from "../model/context";
import { placeInText } from "./places";
import { editorLook } from "./editor";

const pressTab = keymap.of([indentWithTab]);

export default function PolicyText() {
  const { t } = useTranslation("studio");
  const { draft, mayEdit } = useStudio();
  const { report, fresh } = draft;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const write = useRef(draft.write);
  useEffect(() => { write.current = draft.write; });

  useEffect(() => {
    if (!host.current) return;
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: draft.text,
        extensions: [
          lineNumbers(), foldGutter(), highlightActiveLineGutter(), history(), drawSelection(), bracketMatching(), yaml(), lintGutter(), linter(null),
          keymap.of([{ key: "Escape", run: (one) => { one.contentDOM.blur(); return true; } }, ...defaultKeymap, ...historyKeymap, ...foldKeymap]), pressTab,
          EditorState.readOnly.of(!mayEdit), EditorView.editable.of(mayEdit),
          EditorView.contentAttributes.of({ "aria-label": t("view.text"), tabindex: "0" }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && update.transactions.some((one) => one.isUserEvent("input") || one.isUserEvent("delete") || one.isUserEvent("undo") || one.isUserEvent("redo") || one.isUserEvent("move"))) {
              write.current(update.state.doc.toString());
            }
          }),
          editorLook(),
        ],
      }),
    });
    view.current = made;
    return () => {
      made.destroy();
      view.current = null;
    };
    // The editor is made once; what changes is told to it below.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [mayEdit, t]);

  // What was changed elsewhere is put in as the smallest change, so that the cursor and the scroll stay.
  useEffect(() => {
    const one = view.current;
    const now = one?.state.doc.toString();
    if (!one || now === undefined || now === draft.text) return;
    let from = 0;
    while (from < now.length && from < draft.text.length && now[from] === draft.text[from]) from += 1;
    let end = 0;
    while (end < now.length - from && end < draft.text.length - from && now.at(-1 - end) === draft.text.at(-1 - end)) end += 1;
    one.dispatch({ changes: { from, to: now.length - end, insert: draft.text.slice(from, draft.text.length - end) } });
  }, [draft.text]);

  useEffect(() => {
    const one = view.current;
    if (!one || !report || !fresh) return;
    one.dispatch(setDiagnostics(one.state, report.findings.flatMap((finding) => diagnostic(one.state, finding))));
  }, [report, fresh]);

  return <div ref={host} style={{ minHeight: "100%", background: "var(--surface)" }} />;
}

function diagnostic(state: EditorState, finding: Shape<"DraftFinding">): Diagnostic[] {
  const line = finding.where === "text" && finding.line ? Math.min(finding.line, state.doc.lines) : placeInText(state.doc.toString(), finding.where);
  if (!line) return [];
  const { from, to } = state.doc.line(line);
  return [{ from, to, severity: finding.severity, message: [inWords(finding.message), inWords(finding.hint)].filter(Boolean).join(" ") }];
}
