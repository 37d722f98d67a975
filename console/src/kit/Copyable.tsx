import { ActionIcon, Button, CopyButton, Tooltip } from "@mantine/core";
import { Check, Copy, Terminal } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSession } from "../app/session";
import classes from "./kit.module.css";

/** A text one may want to take along: an id, a digest. `short` shows its beginning only. */
export function Copyable({ text, short, label }: { text: string; short?: number; label?: string }) {
  const { t } = useTranslation("kit");
  return (
    <span className={classes.copyable}>
      <span className="mono" title={text}>{short ? text.slice(0, short) : text}</span>
      <CopyMark text={text} label={label ?? t("copy_what", { what: short ? text.slice(0, short) : text })} />
    </span>
  );
}

function CopyMark({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation("kit");
  return (
    <CopyButton value={text} timeout={1600}>
      {({ copied, copy }) => (
        <Tooltip label={t(copied ? "copied" : "copy")}>
          <ActionIcon size="sm" aria-label={copied ? t("copied") : label} onClick={(event) => { event.stopPropagation(); copy(); }}>
            {copied ? <Check size={14} /> : <Copy size={14} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

/** A command or a document to copy. */
export function Code({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation("kit");
  return (
    <div className={classes.code}>
      <pre tabIndex={0} aria-label={label}>{text}</pre>
      <div><CopyMark text={text} label={t("copy")} /></div>
    </div>
  );
}

interface Call {
  method?: string;
  path: string; // "/v1/decisions?limit=50"
  body?: unknown;
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** The same thing as a program would ask for it from a shell; `keyed` where programs need a key. */
export function curlOf({ method = "GET", path, body }: Call, keyed: boolean, origin: string = window.location.origin): string {
  const parts = [`curl -s ${method === "GET" ? "" : `-X ${method} `}${quoted(origin + path)}`];
  if (keyed) parts.push(`-H "Authorization: Bearer $TANDEM_KEY"`);
  if (body !== undefined) parts.push(`-H ${quoted("Content-Type: application/json")}`, `-d ${quoted(JSON.stringify(body, null, 2))}`);
  return parts.join(" \\\n  ");
}

/** A button that copies what is shown as an API call. */
export function CopyAsApiCall(call: Call) {
  const { t } = useTranslation("kit");
  const keyed = useSession().mode === "people";
  return (
    <CopyButton value={curlOf(call, keyed)} timeout={1600}>
      {({ copied, copy }) => (
        <Button variant="default" leftSection={copied ? <Check size={15} /> : <Terminal size={15} />} onClick={copy}>
          {t(copied ? "copied" : "copy_call")}
        </Button>
      )}
    </CopyButton>
  );
}
