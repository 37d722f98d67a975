/** What an account can be given on paper: its contract, a statement, what settles it today. */
import { Button } from "@mantine/core";
import { FileText, Table2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Block, language } from "../../kit";
import classes from "./accounts.module.css";

const ICON_PX = 15;

export function Papers({ account }: { account: string }) {
  const { t } = useTranslation("accounts");
  const said = `language=${language()}`;
  const papers = [
    { words: t("papers.contract"), path: `contract?${said}` },
    { words: t("papers.statement"), path: `statement.pdf?${said}` },
    { words: t("papers.payoff"), path: `payoff.pdf?${said}` },
    { words: t("papers.table"), path: "statement.csv", table: true },
  ];
  return (
    <Block title={t("papers.title")} note={t("papers.note")}>
      <div className={classes.papers}>
        {papers.map(({ words, path, table }) => (
          <Button key={path} component="a" href={`/v1/accounts/${encodeURIComponent(account)}/${path}`} download variant="default" size="xs"
            leftSection={table ? <Table2 size={ICON_PX} aria-hidden /> : <FileText size={ICON_PX} aria-hidden />}>{words}</Button>
        ))}
      </div>
    </Block>
  );
}
