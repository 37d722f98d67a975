/** A link or a key that is shown this once. */
import { Button, Group } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Code, Dialog } from "../../kit";
import classes from "./settings.module.css";

interface OnceProps {
  title: string;
  text: string; // empty: closed
  note: string;
  children?: ReactNode;
  onClose: () => void;
}

export function ShownOnce({ title, text, note, children, onClose }: OnceProps) {
  const { t } = useTranslation("settings");
  return (
    <Dialog opened={text !== ""} onClose={onClose} title={title} size="lg" closeOnClickOutside={false}>
      <div className={classes.secret}>
        <p className={classes.note}>{note}</p>
        <Code text={text} label={title} />
        {children}
        <Group justify="flex-end"><Button onClick={onClose}>{t("taken")}</Button></Group>
      </div>
    </Dialog>
  );
}

export const linkOf = (path: string): string => window.location.origin + path;
