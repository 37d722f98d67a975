/** Taking in a file as the bank gave it: all of it or nothing, and at once what came of it. */
import { Button, FileInput, Group, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, refresh, type Problem, type Shape } from "../../api";
import { Badge, Dialog, ErrorPanel } from "../../kit";
import { Came } from "./Files";
import { useCodes } from "./words";

export function TakeFile({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("bank");
  const codes = useCodes();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [taken, setTaken] = useState<Shape<"BankFileShown"> | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const take = async (): Promise<void> => {
    if (!file || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const { data } = await api.POST("/v1/bank/files", { body: { xml: await file.text(), by: null } });
      setTaken(data as Shape<"BankFileShown">);
      await Promise.all((["/v1/bank/files", "/v1/bank/items", "/v1/bank/orders", "/v1/bank/orders/{message_id}", "/v1/accounts", "/v1/cases"] as const).map((path) => refresh(client, path)));
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog opened onClose={onClose} title={t("take")} size="lg">
      {taken ? (
        <Stack>
          <p role="status">{t(taken.again ? "taken_again" : "taken", { kind: codes.version(taken.version), message: taken.message_id })} {taken.again ? <Badge>{t("again")}</Badge> : null}</p>
          <Came of={taken} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => { setTaken(null); setFile(null); }}>{t("take_another")}</Button>
            <Button onClick={onClose}>{t("finish")}</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={(event) => { event.preventDefault(); void take(); }}>
          <Stack>
            <p>{t("take_what")}</p>
            <FileInput label={t("file")} placeholder={t("file_choose")} accept=".xml,text/xml,application/xml" value={file} onChange={(next) => { setFile(next); setProblem(null); }} required />
            {problem ? <ErrorPanel problem={problem} kept={t("nothing_taken")} /> : null}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>{t("cancel")}</Button>
              <Button type="submit" loading={busy} disabled={!file}>{t("take_do")}</Button>
            </Group>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
