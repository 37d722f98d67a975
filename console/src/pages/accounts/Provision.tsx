/** What is expected to be lost on this account, in which stage it is, and why. */
import { useTranslation } from "react-i18next";
import { useGet } from "../../api";
import { Amount, Block, day, ErrorPanel, Pairs } from "../../kit";
import { Reasons, Stage } from "../provisions/reasons";

export function Provision({ account }: { account: string }) {
  const { t } = useTranslation("provisions");
  const found = useGet("/v1/accounts/{account_id}/provision", { params: { path: { account_id: account } } });
  if (found.error) return <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} />;
  const placed = found.data;
  if (!placed?.on || placed.stage === null) return null;
  return (
    <Block title={t("of_account")} note={t("of_account_note", { on: day(placed.on) })}>
      <Pairs of={[
        [t("stage"), <Stage key="s" of={placed.stage} />],
        [t("gross"), <Amount key="g" minor={placed.gross_minor} currency={placed.currency} />],
        [t("allowance"), <Amount key="a" minor={placed.allowance_minor} currency={placed.currency} />],
        [t("why"), <Reasons key="w" of={placed} />],
      ]} />
    </Block>
  );
}
