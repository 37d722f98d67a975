/** One product: what it allows, what it costs, and a quote for any amount and term, as a customer would sign it. */
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Badge, Block, Code, Copyable, CopyAsApiCall, ErrorPanel, fixed, inWords, Loading, Page, Pairs, useMoney } from "../../kit";
import classes from "./products.module.css";
import { FirstApplication } from "./FirstApplication";
import { Quote } from "./Quote";
import { Signed } from "./Signed";

type Product = Shape<"ProductDetail">;

const PER_CENT = 100;

export default function ProductPage() {
  const { t } = useTranslation("products");
  const { name } = useParams({ strict: false }) as { name: string };
  const found = useGet("/v1/products/{name}", { params: { path: { name } } });
  return (
    <Page title={found.data ? inWords(found.data.title) : <span className="mono">{name}</span>} back={{ to: "/products", words: t("title") }} lead={found.data?.description || undefined} actions={<CopyAsApiCall path={`/v1/products/${name}`} />}>
      {found.error ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
      {!found.error && !found.data ? <Loading lines={8} /> : null}
      {found.data ? <Shown product={found.data} /> : null}
    </Page>
  );
}

function Shown({ product }: { product: Product }) {
  const { t } = useTranslation("products");
  const money = useMoney(product.currency);
  return (
    <div className={classes.stack}>
      <Quote product={product} />
      <div className={classes.pair}>
        <Block title={t("bounds")}>
          <Pairs of={[
            [t("kind"), <Badge key="k">{t(`kinds.${product.kind}`)}</Badge>],
            [t("amount"), t("from_to", { low: money(product.least_minor), high: money(product.most_minor) })],
            [t("terms"), product.terms.join(", ")],
            [t("cap"), product.cap ? <span key="c" className="mono">{product.cap}</span> : t("no_cap")],
            [t("dearest"), product.dearest_bps === null ? null : t("per_cent", { value: fixed(product.dearest_bps / PER_CENT) })],
            [t("version"), <Copyable key="v" text={product.digest} />],
          ]} />
        </Block>
        <Block title={t("decided_by")} note={t("decided_by_note")}>
          <Pairs of={Object.entries(product.policies).map(([stage, policy]) => [
            t(`stages.${stage}`), <Link key={stage} to={"/studio/$policy" as string} params={{ policy } as never} className="mono">{policy}</Link>,
          ] as const)} />
        </Block>
      </div>
      <Signed product={product} />
      <FirstApplication product={product} />
      <Block title={t("definition")}><Code text={JSON.stringify(product.definition, null, 2)} label={t("definition")} /></Block>
    </div>
  );
}
