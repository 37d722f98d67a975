/** The newest changes and how far each has got. */
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Block, DataTable, duration, Empty, Instant, type Column } from "../../kit";
import { Reach, reachedMs } from "./Proof";

type ChangeProof = Shape<"ChangeProof">;

const AGAIN_MS = 2000;
const US_PER_MS = 1000;

export function LatestChanges({ kinds }: { kinds: readonly ChangeProof["kind"][] }) {
  const { t } = useTranslation("propagation");
  const found = useGet("/v1/propagation", { params: { query: { limit: 50 } } }, { refetchInterval: AGAIN_MS });
  const columns: Column<ChangeProof>[] = [
    { id: "at", header: t("at"), value: (row) => row.at, cell: (row) => <Instant at={row.at} form="short" />, width: 175, grow: 0 },
    { id: "kind", header: t("kind"), value: (row) => t(`kinds.${row.kind}`), width: 100, grow: 0 },
    { id: "name", header: t("name"), value: (row) => row.name, cell: (row) => <span className="mono nowrap">{row.kind === "release" ? row.name.slice(0, 12) : row.name}</span>, width: 170 },
    {
      id: "in_force", header: t("in_force_column"), hint: t("in_force_hint"), value: (row) => row.in_force_ms, align: "right", width: 140, grow: 0,
      cell: (row) => (row.in_force_ms === null || row.in_force_ms === undefined ? null : <>{duration(row.in_force_ms * US_PER_MS)}</>),
    },
    { id: "reach", header: t("reach"), hint: t("reach_hint"), value: reachedMs, cell: (row) => <Reach change={row} />, width: 240 },
  ];
  return (
    <Block title={t("title")} note={t("note", { count: found.data?.connections.length ?? 0 })}>
      <DataTable name="changes" label={t("title")} bare columns={columns} rows={found.data?.changes.filter(({ kind }) => kinds.includes(kind))} rowKey={(row) => row.id}
        problem={found.error} onRetry={() => void found.refetch()} height={260} empty={<Empty title={t("none")} hint={t("none_hint")} />} />
    </Block>
  );
}
