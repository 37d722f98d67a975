/** The same request for a shell and for Python. */
import { SegmentedControl, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Code, curlOf, useSession } from "../../kit";
import { pythonFor, type Operation } from "./examples";

type Language = "curl" | "python";

export function CodeChoice({ operation }: { operation: Operation }) {
  const { t } = useTranslation("developers");
  const [language, setLanguage] = useState<Language>("curl");
  const withKey = useSession().mode === "people";
  const origin = window.location.origin;
  const text = language === "curl" ? curlOf(operation, withKey, origin) : pythonFor(operation, origin, withKey);
  return (
    <Stack gap="xs">
      <SegmentedControl size="xs" style={{ alignSelf: "flex-start" }} value={language} onChange={(value) => setLanguage(value as Language)} aria-label={t("code.language")}
        data={[{ value: "curl", label: t("code.curl") }, { value: "python", label: t("code.python") }]} />
      <Code text={text} label={t("code.of", { address: operation.key })} />
    </Stack>
  );
}
