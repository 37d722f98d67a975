/** What the model reads, what is promised of each input, and whether that is proven. */
import { CircleCheck, CircleX } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Shape } from "../../api";
import { Badge, DataTable, inWords, number, type Column } from "../../kit";
import type { Model } from "./ModelPage";

type Input = Shape<"ModelInputDetail">;

export function Inputs({ model }: { model: Model }) {
  const { t } = useTranslation("models");
  const weighed = model.input_details.some(({ training_weight: weight }) => weight !== null && weight !== undefined);
  const columns: Column<Input>[] = [
    { id: "name", header: t("input"), value: (row) => row.name, cell: (row) => <span className="mono nowrap">{row.name}</span>, width: 240, grow: 2 },
    { id: "type", header: t("type"), value: (row) => t(`types.${row.type}`), width: 110, grow: 0, choices: "found" },
    { id: "promise", header: t("promise"), value: (row) => t(`promises.${promiseOf(row)}`), width: 160 },
    {
      id: "proof", header: t("proof"), hint: t("proof_hint"), value: (row) => t(`proofs.${row.proof}`), width: 130, grow: 0, choices: "found",
      cell: (row) => (row.proof === "free" ? <span className="soft">{t("proofs.free")}</span> : <Badge tone={row.proof === "proven" ? "good" : "bad"} icon={row.proof === "proven" ? CircleCheck : CircleX}>{t(`proofs.${row.proof}`)}</Badge>),
    },
    { id: "weight", header: t("training_weight"), hint: t("training_weight_hint"), value: (row) => row.training_weight, cell: (row) => (row.training_weight === null || row.training_weight === undefined ? null : <>{number(row.training_weight, 4)}</>), width: 150, grow: 0, align: "right" },
    { id: "reason", header: t("reason"), value: (row) => row.reason ?? "", width: 200 },
    { id: "words", header: t("words"), value: (row) => inWords(row.words), width: 320, grow: 3 },
  ];
  return <DataTable name="model.inputs" label={t("tabs.inputs")} columns={weighed ? columns : columns.filter(({ id }) => id !== "weight")} rows={model.input_details} rowKey={(row) => row.name} height={620} />;
}

const promiseOf = (row: Input): "rises" | "falls" | "none" => (row.monotone > 0 ? "rises" : row.monotone < 0 ? "falls" : "none");
