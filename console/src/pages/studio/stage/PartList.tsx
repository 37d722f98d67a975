/** Rules, cases and checks: one line each in plain words, opened to be changed; moved with the keyboard or by buttons. */
import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { ArrowDown, ArrowUp, Copy, Plus, Trash2 } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { inWords, noteDone, useKeys } from "../../../kit";
import { useStudio } from "../model/context";
import { at, insertAt, moveAt, removeAt, textOf, withAt, within, type Doc, type Path } from "../model/paths";
import { docOf, freshName, listOf, namesIn, wordOf } from "../model/stages";
import { Faults } from "./Faults";
import classes from "../studio.module.css";

interface PartListProps {
  path: Path; // of the list
  nameKey: string | null; // key that holds the name of a part
  nameOf: (part: Doc) => string;
  fallback: (part: Doc) => string; // said while the server has no words for it
  fresh: (taken: ReadonlySet<string>) => Doc;
  add: string; // "Add a rule"
  addKey?: string;
  before?: (part: unknown) => boolean; // new parts go in front of the first such one
  children: (part: Doc, change: (key: string, value: unknown) => void, replace: (part: Doc) => void, isNew: boolean) => ReactNode;
}

export function PartList({ path, nameKey, nameOf, fallback, fresh, add, addKey, before, children }: PartListProps) {
  const { t } = useTranslation("studio");
  const { draft, mayEdit, focus } = useStudio();
  const parts = listOf(at(draft.document, path));
  const where = textOf(path);
  const focused = parts.findIndex((_, place) => within(focus, `${where}[${place}]`));
  const [open, setOpen] = useState(focused);
  const [fresher, setFresher] = useState(-1);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => { if (focused >= 0) setOpen(focused); }, [focused, focus]);
  useEffect(() => {
    if (open >= 0) box.current?.querySelector(`[data-place="${open}"]`)?.scrollIntoView({ block: "nearest" });
  }, [open]);

  const append = (part?: Doc): void => {
    const taken = namesIn(draft.document);
    const made = part && nameKey ? { ...part, [nameKey]: freshName(wordOf(part[nameKey]).replace(/_\d+$/, ""), taken) } : (part ?? fresh(taken));
    const end = before ? parts.findIndex(before) : -1;
    const place = end < 0 ? parts.length : end;
    draft.edit(insertAt(draft.document, path, place, made));
    setOpen(place);
    setFresher(place);
  };
  const remove = (place: number): void => {
    draft.edit(removeAt(draft.document, path, place));
    setOpen(-1);
    box.current?.querySelectorAll<HTMLElement>("[data-title]")[Math.max(0, place - 1)]?.focus();
    noteDone(t("part.removed"), draft.undo);
  };
  const move = (from: number, by: number): void => {
    if (from + by < 0 || from + by >= parts.length) return;
    draft.edit(moveAt(draft.document, path, from, from + by));
    if (open === from) setOpen(from + by);
    window.requestAnimationFrame(() => box.current?.querySelectorAll<HTMLElement>("[data-title]")[from + by]?.focus());
  };
  const onKeyDown = (event: KeyboardEvent, place: number): void => {
    if (!mayEdit) return;
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      move(place, event.key === "ArrowUp" ? -1 : 1);
    } else if (event.key === "Delete") {
      event.preventDefault();
      remove(place);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      box.current?.querySelectorAll<HTMLElement>("[data-title]")[place + (event.key === "ArrowUp" ? -1 : 1)]?.focus();
    }
  };
  useKeys(t("stage"), addKey && mayEdit ? [{ keys: addKey, words: add, act: () => append() }] : []);

  return (
    <div className={classes.parts} ref={box}>
      {parts.map((item, place) => {
        const part = docOf(item);
        const here = `${where}[${place}]`;
        const said = draft.fresh ? draft.report?.parts.find((one) => one.where === here) : undefined;
        const findings = draft.report?.findings.filter((one) => within(one.where, here)) ?? [];
        const opened = place === open;
        const change = (key: string, value: unknown): void => draft.edit(withAt(draft.document, [...path, place, key], value), `${here}.${key}`);
        const replace = (next: Doc): void => draft.edit(withAt(draft.document, [...path, place], next), here);
        return (
          <div key={place} className={classes.part} data-place={place} data-open={opened || undefined} data-wrong={findings.some((one) => one.severity === "error") || undefined}>
            <div className={classes.partHead}>
              <button type="button" data-title className={classes.partTitle} aria-expanded={opened} onClick={() => setOpen(opened ? -1 : place)} onKeyDown={(event) => onKeyDown(event, place)}>
                <strong>{nameOf(part) || t("nameless")}</strong>
                <span>{said ? inWords(said.words) : fallback(part)}</span>
              </button>
              {mayEdit && opened ? (
                <>
                  <Act label={t("part.up")} act={() => move(place, -1)} off={place === 0}><ArrowUp size={15} /></Act>
                  <Act label={t("part.down")} act={() => move(place, 1)} off={place === parts.length - 1}><ArrowDown size={15} /></Act>
                  <Act label={t("part.copy")} act={() => append(part)}><Copy size={15} /></Act>
                  <Act label={t("part.remove")} act={() => remove(place)}><Trash2 size={15} /></Act>
                </>
              ) : null}
            </div>
            {findings.length > 0 && !opened ? <div style={{ padding: "0 0.625rem 0.5rem" }}><Faults findings={findings} /></div> : null}
            {opened ? <div className={classes.partBody}>{children(part, change, replace, fresher === place)}<Faults findings={findings} /></div> : null}
          </div>
        );
      })}
      {mayEdit ? <div><Button size="compact-md" variant="light" leftSection={<Plus size={15} />} onClick={() => append()}>{add}</Button></div> : null}
    </div>
  );
}

function Act({ label, act, off, children }: { label: string; act: () => void; off?: boolean; children: ReactNode }) {
  return <Tooltip label={label}><ActionIcon size="sm" aria-label={label} disabled={off} onClick={act}>{children}</ActionIcon></Tooltip>;
}
