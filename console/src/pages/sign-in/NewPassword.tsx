/** A place for a new password, with what is asked of it told while it is typed. */
import { PasswordInput } from "@mantine/core";
import { Check, Minus } from "lucide-react";
import { useTranslation } from "react-i18next";
import classes from "./sign-in.module.css";

export const PASSWORD_MIN = 12;

interface NewPasswordProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
}

export function NewPassword({ label, value, onChange, error }: NewPasswordProps) {
  const { t } = useTranslation("sign-in");
  const long = [...value].length >= PASSWORD_MIN;
  return (
    <>
      <PasswordInput label={label} required autoComplete="new-password" value={value} maxLength={256} error={error ?? false}
        visibilityToggleButtonProps={{ "aria-label": t("show_password") }} onChange={(event) => onChange(event.currentTarget.value)} />
      <ul className={classes.rules}>
        <li data-met={long || undefined}>{long ? <Check size={14} aria-hidden /> : <Minus size={14} aria-hidden />}{t("rule_length", { count: PASSWORD_MIN })}</li>
        <li><Minus size={14} aria-hidden />{t("rule_words")}</li>
      </ul>
    </>
  );
}
