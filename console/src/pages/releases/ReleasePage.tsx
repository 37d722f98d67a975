import { Button } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Badge, Block, Copyable, CopyAsApiCall, DataTable, Empty, ErrorPanel, Instant, Loading, Page, Pairs, useMay, useUrlState, type Column } from "../../kit";
import { Proof } from "../propagation/Proof";
import { ChangesInWords } from "./ChangesInWords";
import { RollBack, type Activated } from "./RollBack";

type Part = Shape<"ReleasePart">;

export default function ReleasePage() {
  const { t } = useTranslation(["releases", "propagation"]);
  const { digest } = useParams({ strict: false }) as { digest: string };
  const [against] = useUrlState("against");
  const found = useGet("/v1/releases/{release}", { params: { path: { release: digest }, query: against ? { against } : {} } });
  const [rolling, setRolling] = useState(false);
  const [activated, setActivated] = useState<Activated | null>(null);
  const mayRelease = useMay("release");
  const release = found.data;
  const latest = release?.activations[0];
  return (
    <Page title={<>{t("release")} <span className="mono">{digest.slice(0, 12)}</span></>} back={{ to: "/releases", words: t("title") }} lead={latest?.note || release?.note}
      actions={<>
        {release && !release.live && mayRelease ? <Button variant="default" leftSection={<Undo2 size={15} aria-hidden />} onClick={() => setRolling(true)}>{t("roll_back_here")}</Button> : null}
        <CopyAsApiCall path={`/v1/releases/${digest}`} />
      </>}>
      {activated ? <Proof kind="release" name={activated.release} since={activated.since} /> : null}
      {found.error ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
      {!found.error && !release ? <Loading lines={8} /> : null}
      {release ? <Shown release={release} /> : null}
      {release ? <RollBack opened={rolling} onClose={() => setRolling(false)} onDone={setActivated}
        to={{ release: digest, activated_at: latest?.at ?? release.at, note: latest?.note ?? release.note }} /> : null}
    </Page>
  );
}

function Shown({ release }: { release: Shape<"ReleaseDetail"> }) {
  const { t } = useTranslation("releases");
  return (
    <>
      <Block label={t("release")}>
        <Pairs of={[
          [t("release"), <Copyable key="r" text={release.release} />],
          [t("state"), <Badge key="s" tone={release.live ? "good" : "neutral"}>{t(release.live ? "is_live" : "was_live")}</Badge>],
          [t("made_by"), release.by],
          [t("made_at"), <Instant key="a" at={release.at} />],
          [t("note"), release.note],
        ]} />
      </Block>
      <Block title={t("changed")} note={release.against ? t("against", { release: release.against.slice(0, 12) }) : t("first")}>
        {release.changes.length === 0 ? <Empty title={t("no_changes")} /> : <ChangesInWords changes={release.changes} />}
      </Block>
      <Block title={t("went_live")}>
        <ul>
          {release.activations.map((one) => (
            <li key={one.at}>
              <Instant at={one.at} /> {one.rolled_back ? <Badge tone="wait" icon={Undo2}>{t("rolled_back")}</Badge> : <Badge tone="accent">{t("published")}</Badge>} {one.by} <span className="soft">{one.note}</span>
            </li>
          ))}
        </ul>
      </Block>
      <Parts parts={release.parts} />
    </>
  );
}

function Parts({ parts }: { parts: readonly Part[] }) {
  const { t } = useTranslation("releases");
  const columns: Column<Part>[] = [
    { id: "kind", header: t("kind"), value: (row) => t(`kinds.${row.kind}`, { defaultValue: row.kind }), width: 140, grow: 0, choices: "found" },
    { id: "name", header: t("name"), value: (row) => row.name, cell: (row) => <span className="mono nowrap">{row.name}</span>, width: 220 },
    { id: "author", header: t("author"), value: (row) => row.author, width: 130, choices: "found" },
    { id: "approved", header: t("approved"), value: (row) => row.approvals.map((one) => one.approver).join(", "), width: 170 },
    { id: "pushed", header: t("pushed"), value: (row) => row.pushed_at, cell: (row) => <Instant at={row.pushed_at} form="short" />, width: 175, grow: 0 },
    { id: "digest", header: t("version"), value: (row) => row.digest, cell: (row) => <span className="mono">{row.digest.slice(0, 12)}</span>, width: 140, grow: 0 },
  ];
  return (
    <Block title={t("parts_title")}>
      <DataTable name="release.parts" label={t("parts_title")} columns={columns} rows={parts} rowKey={(row) => row.digest} height={420} />
    </Block>
  );
}
