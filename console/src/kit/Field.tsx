/** A labelled place for any control: what it is, what may stand there, and what is wrong with it. */
import { Input } from "@mantine/core";
import { useId, type ReactElement, cloneElement } from "react";

interface FieldProps {
  label: string;
  hint?: string;
  error?: string | null;
  required?: boolean;
  children: ReactElement<{ id?: string; "aria-describedby"?: string; "aria-invalid"?: boolean }>;
}

export function Field({ label, hint, error, required, children }: FieldProps) {
  const id = useId();
  const describedBy = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ") || undefined;
  return (
    <div>
      <Input.Label htmlFor={id} required={required}>{label}</Input.Label>
      {hint ? <Input.Description id={`${id}-hint`} mb={4}>{hint}</Input.Description> : null}
      {cloneElement(children, { id, "aria-describedby": describedBy, "aria-invalid": error ? true : undefined })}
      {error ? <Input.Error id={`${id}-error`} mt={4}>{error}</Input.Error> : null}
    </div>
  );
}
