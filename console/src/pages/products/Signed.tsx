/** Who answers for a product as it is sold: the assessment that was signed, or why there is none. */
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Badge, Block, Pairs, percent, useMoney } from "../../kit";

interface Body { assessment?: string; waived?: string; figures?: Record<string, number | null>; concerns?: string[] }

export function Signed({ product }: { product: Shape<"ProductDetail"> }) {
  const { t } = useTranslation("launching");
  const money = useMoney(product.currency);
  const versions = useGet("/v1/artefacts", { params: { query: { kind: "assessment", name: product.name } } });
  const live = versions.data?.artefacts.find((one) => one.state === "live");
  const found = useGet("/v1/artefacts/{digest}", { params: { path: { digest: live?.digest ?? "" } } }, { enabled: live !== undefined });
  if (!versions.data) return null;
  if (!live || !found.data) return versions.data.artefacts.length || live ? null : <Block title={t("signed.title")}><p className="soft">{t("signed.founded")}</p></Block>;
  const body = found.data.body as Body;
  const share = body.figures?.["approved_share"];
  const net = body.figures?.["net_minor"];
  return (
    <Block title={t("signed.title")} note={t("signed.note")}>
      <Pairs of={[
        [t("signed.by"), live.approvers.join(", ")],
        [t("signed.asked"), live.author],
        [t("signed.report"), body.assessment ? <Link key="r" to={"/assessments/$id" as string} params={{ id: body.assessment } as never} className="mono">{body.assessment}</Link> : null],
        [t("signed.waived"), body.waived],
        [t("report.approved"), share == null ? null : percent(share)],
        [t("report.net"), net == null ? null : money(net)],
        [t("report.concerns"), body.concerns?.length ? <span key="c">{body.concerns.map((code) => <Badge key={code} tone={code.endsWith("!") ? "bad" : "wait"}>{t(`concern.${code.replace("!", "")}`, { defaultValue: code })}</Badge>)}</span> : null],
      ]} />
    </Block>
  );
}
