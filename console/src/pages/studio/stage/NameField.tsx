import { TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStudio } from "../model/context";

const NAME = /^[a-z][a-z0-9_]*$/;

/** A name that is taken over when it is one; until then what was typed stays in the field. */
export function NameField({ label, value, onChange, autoFocus }: { label: string; value: string; onChange: (value: string) => void; autoFocus?: boolean }) {
  const { t } = useTranslation("studio");
  const { mayEdit } = useStudio();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const wrong = typed !== value && !NAME.test(typed);
  return (
    <TextInput label={label} value={typed} disabled={!mayEdit} error={wrong ? t("name_rule") : undefined} {...(autoFocus ? { "data-autofocus": true } : {})}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setTyped(next);
        if (NAME.test(next)) onChange(next);
      }}
      onBlur={() => { if (wrong) setTyped(value); }} />
  );
}
