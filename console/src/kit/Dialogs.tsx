/** Windows over the page, all with a named way out. */
import { Button, Drawer, Group, Modal, Stack, Textarea, type DrawerProps, type ModalProps } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, type Problem } from "../api";
import { ErrorPanel } from "./ErrorPanel";

export function Dialog(props: ModalProps) {
  const { t } = useTranslation("kit");
  return <Modal centered {...props} closeButtonProps={{ "aria-label": t("close"), ...props.closeButtonProps }} />;
}

export function SidePanel(props: DrawerProps) {
  const { t } = useTranslation("kit");
  return <Drawer position="right" size="lg" {...props} closeButtonProps={{ "aria-label": t("close"), ...props.closeButtonProps }} />;
}

interface ConfirmProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  children?: ReactNode; // what will happen, in words
  confirm: string; // the verb on the button
  danger?: boolean;
  reason?: "required" | "optional" | "none";
  onConfirm: (reason: string) => Promise<unknown>; // rejects with a Problem to be shown
}

/** Ask before something that matters, with the reason that goes into the record. Ctrl-Enter confirms. */
export function ConfirmWithReason({ opened, onClose, title, children, confirm, danger, reason: wanted = "required", onConfirm }: ConfirmProps) {
  const { t } = useTranslation("kit");
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const lacks = wanted === "required" && reason.trim() === "";
  const leave = (): void => {
    setReason("");
    setProblem(null);
    onClose();
  };
  const act = async (): Promise<void> => {
    if (lacks || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await onConfirm(reason.trim());
      leave();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog opened={opened} onClose={leave} title={title}>
      <form
        onSubmit={(event) => { event.preventDefault(); void act(); }}
        onKeyDown={(event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void act(); }}
      >
        <Stack>
          {children}
          {wanted === "none" ? null : (
            <Textarea label={t("confirm.reason")} description={t("confirm.reason_hint")} required={wanted === "required"} autosize minRows={2} maxLength={500}
              value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
          )}
          {problem ? <ErrorPanel problem={problem} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={leave}>{t("cancel")}</Button>
            <Button type="submit" color={danger ? "red" : undefined} loading={busy} disabled={lacks}>{confirm}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
