/** Short notes at the edge: done, or failed, with a way to take it back where there is one. */
import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import i18next from "i18next";
import { problemOf } from "../api";

const UNDO_MS = 10_000;

/** Say that something was done; with `undo` it can be taken back for ten seconds. */
export function noteDone(words: string, undo?: () => void): void {
  const id = notifications.show({
    message: undo ? <WithUndo words={words} undo={() => { notifications.hide(id); undo(); }} /> : words,
    autoClose: undo ? UNDO_MS : 4000,
    withBorder: true,
    closeButtonProps: { "aria-label": i18next.t("kit:close") },
  });
}

/** Say that something failed. */
export function noteProblem(error: unknown): void {
  const problem = problemOf(error);
  notifications.show({
    title: i18next.t("kit:error.title"),
    message: [problem.message, problem.hint].filter(Boolean).join(" "),
    color: "red",
    autoClose: 12_000,
    withBorder: true,
    closeButtonProps: { "aria-label": i18next.t("kit:close") },
  });
}

const WithUndo = ({ words, undo }: { words: string; undo: () => void }) => (
  <Group justify="space-between" wrap="nowrap">
    {words}
    <Button size="compact-sm" variant="default" onClick={undo}>{i18next.t("kit:undo")}</Button>
  </Group>
);
