import { Button } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { History, Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Badge, Block, Code, Copyable, CopyAsApiCall, DataTable, Empty, ErrorPanel, Instant, Loading, number, Page, Pairs, useKeys, useMay, type Column } from "../../kit";
import { LatestChanges } from "../propagation/LatestChanges";
import { Proof } from "../propagation/Proof";
import { Guards } from "./guards/Guards";
import { Queue } from "./Queue";
import { RollBack, type Activated } from "./RollBack";

type Activation = Shape<"ReleaseSummary">;

const GUARD = "guard rail"; // who rolled back, in the record

export default function ReleasesPage() {
  const { t } = useTranslation(["releases", "propagation"]);
  const found = useGet("/v1/releases");
  const [rolling, setRolling] = useState(false);
  const [activated, setActivated] = useState<Activated | null>(null);
  const mayRelease = useMay("release");
  const releases = found.data?.releases;
  const [live, before] = [releases?.[0], releases?.find((one) => one.release === found.data?.back_to)];
  useKeys(t("title"), mayRelease && before ? [{ keys: "b", words: t("roll_back"), act: () => setRolling(true) }] : []);
  return (
    <Page title={t("title")} lead={t("lead")} actions={<CopyAsApiCall path="/v1/releases" />}>
      {activated ? <Proof kind="release" name={activated.release} since={activated.since} /> : null}
      <Block title={t("live")} actions={mayRelease && before ? (
        <Button variant="default" leftSection={<Undo2 size={15} aria-hidden />} onClick={() => setRolling(true)}>{t("roll_back")}</Button>
      ) : undefined}>
        {found.error ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
        {!found.error && !releases ? <Loading lines={3} /> : null}
        {releases && !live ? <Empty title={t("none")} hint={t("none_hint")}><Code text="tandem push && tandem review --all && tandem release" label={t("none_hint")} /></Empty> : null}
        {live ? (
          <Pairs of={[
            [t("release"), <span key="r"><Copyable text={live.release} short={12} /> <Link to={"/releases/$digest" as string} params={{ digest: live.release } as never}>{t("open")}</Link></span>],
            [t("since"), <Instant key="s" at={live.activated_at} />],
            [t("by"), live.activated_by],
            [t("note"), live.note],
            [t("parts"), number(Object.keys(live.manifest).length)],
          ]} />
        ) : null}
      </Block>
      <Queue onPublished={setActivated} />
      <Guards resting={live?.activated_by === GUARD} />
      <Activations rows={releases} problem={found.error} onRetry={() => void found.refetch()} />
      <LatestChanges kinds={["release", "artefact"]} />
      {before ? <RollBack opened={rolling} onClose={() => setRolling(false)} to={before} onDone={setActivated} /> : null}
    </Page>
  );
}

function Activations({ rows, problem, onRetry }: { rows: readonly Activation[] | undefined; problem: unknown; onRetry: () => void }) {
  const { t } = useTranslation("releases");
  const navigate = useNavigate();
  const columns: Column<Activation>[] = [
    { id: "at", header: t("since"), value: (row) => row.activated_at, cell: (row) => <Instant at={row.activated_at} form="short" />, width: 175, grow: 0 },
    {
      id: "how", header: t("how"), value: (row) => t(row.rolled_back ? "rolled_back" : "published"), width: 140, grow: 0, choices: "found",
      cell: (row) => (row.rolled_back ? <Badge tone="wait" icon={Undo2}>{t("rolled_back")}</Badge> : <Badge tone="accent">{t("published")}</Badge>),
    },
    { id: "note", header: t("note"), value: (row) => row.note, width: 260, grow: 3 },
    { id: "by", header: t("by"), value: (row) => row.activated_by, width: 140, choices: "found" },
    { id: "parts", header: t("parts"), value: (row) => Object.keys(row.manifest).length, width: 115, grow: 0, align: "right" },
    { id: "release", header: t("release"), value: (row) => row.release, cell: (row) => <span className="mono">{row.release.slice(0, 12)}</span>, width: 140, grow: 0 },
    { id: "live", header: t("state"), value: (row) => (row.live ? t("is_live") : ""), cell: (row) => (row.live ? <Badge tone="good">{t("is_live")}</Badge> : null), width: 110, grow: 0 },
  ];
  return (
    <Block title={<><History size={16} aria-hidden style={{ verticalAlign: "-2px" }} /> {t("history")}</>} note={t("history_note")}>
      <DataTable name="releases" label={t("history")} columns={columns} rows={rows} rowKey={(row) => row.activated_at + row.release} problem={problem} onRetry={onRetry} height={360}
        onOpen={(row) => void navigate({ to: "/releases/$digest" as string, params: { digest: row.release } as never })} empty={<Empty title={t("none")} hint={t("none_hint")} />} />
    </Block>
  );
}
