/** What can be lent now: the products of the live release, and the most each costs a year. */
import { Button } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { Package, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Amount, Badge, Code, CopyAsApiCall, DataTable, Empty, fixed, inWords, Page, useMay, type Column } from "../../kit";
import classes from "./launching.module.css";
import { OnTheWay } from "./OnTheWay";

type Product = Shape<"ProductShown">;

const PER_CENT = 100;

export default function ProductsPage() {
  const { t } = useTranslation(["products", "launching"]);
  const mayDraft = useMay("draft");
  const navigate = useNavigate();
  const found = useGet("/v1/products");
  const columns: Column<Product>[] = [
    { id: "title", header: t("product"), value: (row) => inWords(row.title), cell: (row) => <strong className="nowrap">{inWords(row.title)}</strong>, width: 200, grow: 2 },
    { id: "name", header: t("name"), value: (row) => row.name, cell: (row) => <span className="mono nowrap">{row.name}</span>, width: 150, grow: 1 },
    { id: "kind", header: t("kind"), value: (row) => t(`kinds.${row.kind}`), cell: (row) => <Badge>{t(`kinds.${row.kind}`)}</Badge>, width: 170, grow: 0, choices: "found" },
    { id: "terms", header: t("terms"), value: (row) => row.terms.join(", "), width: 150, grow: 1 },
    { id: "most", header: t("most"), value: (row) => row.most_minor, cell: (row) => <Amount minor={row.most_minor} currency={row.currency} />, width: 165, grow: 0, align: "right" },
    { id: "dearest", header: t("dearest"), hint: t("dearest_hint"), value: (row) => row.dearest_bps, cell: (row) => (row.dearest_bps === null ? null : <>{t("per_cent", { value: fixed(row.dearest_bps / PER_CENT) })}</>), width: 130, grow: 0, align: "right" },
    { id: "cap", header: t("cap"), value: (row) => row.cap, cell: (row) => (row.cap ? <span className="mono">{row.cap}</span> : null), width: 140, grow: 0 },
  ];
  return (
    <Page title={t("title")} lead={t("lead")} actions={<><CopyAsApiCall path="/v1/products" />{mayDraft ? <Button component={Link} to={"/products/new" as string} leftSection={<Plus size={15} aria-hidden />}>{t("launching:new")}</Button> : null}</>}>
      <div className={classes.stack}>
      <DataTable name="products" label={t("title")} columns={columns} rows={found.data?.products} rowKey={(row) => row.name} problem={found.error} onRetry={() => void found.refetch()}
        onOpen={(row) => void navigate({ to: "/products/$name" as string, params: { name: row.name } as never })}
        empty={<Empty icon={Package} title={t("empty")} hint={t("empty_hint")}><Code text={EXAMPLE} label={t("empty_hint")} /></Empty>} />
      <OnTheWay />
      </div>
    </Page>
  );
}

const EXAMPLE = "tandem product new phones_in_12 --template till_instalments\ntandem product check\n\ntandem push && tandem review --all && tandem release";
