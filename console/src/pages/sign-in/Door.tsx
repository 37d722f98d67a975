/** The frame of pages for who is not signed in: the mark, what to do, the language. */
import { Button } from "@mantine/core";
import { Languages } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { changeLanguage } from "../../app/words";
import { language } from "../../kit";
import classes from "./sign-in.module.css";

export function Door({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation("sign-in");
  const { t: words } = useTranslation("app");
  const other = language() === "en" ? "zh-CN" : "en";
  return (
    <div className={classes.door}>
      <title>{`${title} · ${words("product")}`}</title>
      <div className={classes.card}>
        <header className={classes.head}>
          <img src="/mark.svg" alt="" width={34} height={34} />
          <h1>{title}</h1>
          {lead ? <p>{lead}</p> : null}
        </header>
        {children}
      </div>
      <footer className={classes.foot}>
        <p>{t("promise")}</p>
        <Button variant="subtle" color="gray" size="compact-sm" leftSection={<Languages size={15} aria-hidden />} lang={other} onClick={() => void changeLanguage(other)}>
          {words("other_language")}
        </Button>
      </footer>
    </div>
  );
}
