/** Moving limits: the strategies in force, the reviews that were drawn up by them, and what they did. */
import { useNavigate } from "@tanstack/react-router";
import { SlidersHorizontal } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Amount, AMOUNT_PX, Block, type Column, CopyAsApiCall, DataTable, Day, DAY_PX, Empty, ErrorPanel, Loading, number, Page, useMay } from "../../kit";
import { Effect } from "./Effect";
import classes from "./limits.module.css";
import { ReviewState } from "./state";
import { ProposeButton, Strategy } from "./Strategy";

type Review = Shape<"LimitReviewShown">;

export default function LimitsPage() {
  const { t } = useTranslation("limits");
  const navigate = useNavigate();
  const may = useMay("draft");
  const strategies = useGet("/v1/limit-strategies");
  const reviews = useGet("/v1/limit-reviews");
  const found = strategies.data?.strategies;
  const columns: Column<Review>[] = [
    { id: "number", header: t("number"), value: (row) => row.number, cell: (row) => <>{number(row.number)}</>, width: 70, grow: 0, align: "right" },
    { id: "on", header: t("on"), value: (row) => row.on, cell: (row) => <Day on={row.on} />, width: DAY_PX, grow: 0 },
    { id: "strategy", header: t("strategy"), value: (row) => row.strategy, cell: (row) => <span className="mono nowrap">{row.strategy}</span>, width: 160, grow: 1, choices: "found" },
    { id: "state", header: t("state"), value: (row) => t(`review_states.${row.state}`), cell: (row) => <ReviewState state={row.state} />, width: 140, grow: 0, choices: "found" },
    { id: "accounts", header: t("accounts"), value: (row) => row.accounts, cell: (row) => <>{number(row.accounts)}</>, width: 95, grow: 0, align: "right" },
    { id: "moving", header: t("moving"), value: (row) => row.moving, cell: (row) => <>{number(row.moving)}</>, width: 90, grow: 0, align: "right" },
    { id: "loss", header: t("loss_change"), hint: t("loss_change_hint"), value: (row) => row.loss_minor - row.held_loss_minor, cell: (row) => <Amount minor={row.loss_minor - row.held_loss_minor} currency={row.currency} />, width: AMOUNT_PX, grow: 0, align: "right" },
    { id: "revenue", header: t("revenue_change"), value: (row) => row.revenue_minor - row.held_revenue_minor, cell: (row) => <Amount minor={row.revenue_minor - row.held_revenue_minor} currency={row.currency} />, width: AMOUNT_PX, grow: 0, align: "right" },
    { id: "by", header: t("by"), value: (row) => row.by, width: 110, grow: 1, hidden: true },
  ];
  return (
    <Page title={t("title")} lead={t("lead")} actions={<>
      {may ? found?.map((one) => <ProposeButton key={one.name} strategy={one} named={found.length > 1} />) : null}
      <CopyAsApiCall path="/v1/limit-reviews" />
    </>}>
      <div className={classes.stack}>
        {strategies.error ? <ErrorPanel problem={strategies.error} onRetry={() => void strategies.refetch()} /> : null}
        {!strategies.error && !found ? <Loading lines={6} /> : null}
        {found?.length === 0 ? <Block><Empty icon={SlidersHorizontal} title={t("no_strategy")} hint={t("no_strategy_hint")} /></Block> : null}
        <DataTable name="limit-reviews" label={t("reviews")} columns={columns} rows={reviews.data?.reviews} rowKey={(row) => row.review_id} problem={reviews.error} onRetry={() => void reviews.refetch()}
          onOpen={(row) => void navigate({ to: "/limits/$id" as string, params: { id: row.review_id } as never })}
          empty={<Empty icon={SlidersHorizontal} title={t("no_review")} hint={t("no_review_hint")} />} />
        {found?.map((one) => <Effect key={one.name} strategy={one.name} />)}
        {found?.map((one) => <Strategy key={one.name} strategy={one} />)}
      </div>
    </Page>
  );
}
