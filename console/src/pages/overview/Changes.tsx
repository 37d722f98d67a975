import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { UnstyledButton } from "@mantine/core";
import { useGet, type Shape } from "../../api";
import { Badge, Block, Empty, ErrorPanel, inWords, Instant, Loading, number } from "../../kit";
import { difference, isGood, shown, wayOf } from "./measure";
import classes from "./overview.module.css";

const TOLD = 6;

/** What changed and why: what went live, what lists became, and what moved each number. */
export function Changes({ range, onDefine }: { range: string; onDefine: (name: string) => void }) {
  const { t } = useTranslation("overview");
  const stretch = range === "all" ? "365d" : range;
  const found = useGet("/v1/overview/changes", { params: { query: { range: stretch } } }, { placeholderData: (before) => before, refetchInterval: 60_000 });
  if (found.isError) return <Block title={t("changes")}><ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /></Block>;
  if (!found.data) return <Block title={t("changes")}><Loading lines={5} slow={t("slow")} /></Block>;
  const { moves, releases, list_changes: lists } = found.data;
  const moved = moves.filter((one) => one.change !== null && one.change !== 0);
  return (
    <div className={classes.changes} aria-busy={found.isPlaceholderData || undefined}>
      <Block title={t("moves")} note={t("moves_note")}>
        {moved.length === 0 ? <Empty title={t("no_moves")} hint={t("no_moves_hint")} /> : <ul className={classes.moves}>{moved.map((one) => <Moved key={one.name} move={one} onDefine={() => onDefine(one.name)} />)}</ul>}
      </Block>
      <Block title={t("what_changed")} note={<>{t("since")} <Instant at={found.data.from} form="minute" /></>}>
        {releases.length + lists.length === 0 ? <Empty title={t("no_changes")} hint={t("no_changes_hint")} /> : (
          <ol className={classes.events}>
            {releases.map((one) => <Released key={one.seq} release={one} />)}
            {lists.map((one) => (
              <li key={one.name}>
                <p><Badge>{t("list")}</Badge> <Link to={"/lists/$name" as string} params={{ name: one.name } as never}>{one.name}</Link> {t("list_moved", { added: number(one.added), removed: number(one.removed) })}</p>
                <p className="soft"><span>{one.by.join(", ")}</span> <Instant at={one.at} form="short" /></p>
              </li>
            ))}
          </ol>
        )}
      </Block>
    </div>
  );
}

function Released({ release }: { release: Shape<"OverviewRelease"> }) {
  const { t } = useTranslation("overview");
  const [told, rest] = [release.artefacts.slice(0, TOLD), release.artefacts.length - TOLD];
  return (
    <li>
      <p><Badge tone="accent">{t(`release_${release.change}`, { defaultValue: release.change })}</Badge> <Link to={"/releases/$digest" as string} params={{ digest: release.release } as never}>{release.note || release.release.slice(0, 12)}</Link></p>
      <ul className={classes.artefacts}>
        {told.map((one) => <li key={one.artefact}><span className="soft">{t(`artefact_${one.change}`)}</span> <code>{one.artefact}</code></li>)}
        {rest > 0 ? <li className="soft">{t("more", { count: rest })}</li> : null}
      </ul>
      <p className="soft"><span>{release.by}</span> <Instant at={release.at} form="short" /></p>
    </li>
  );
}

function Moved({ move, onDefine }: { move: Shape<"MetricMove">; onDefine: () => void }) {
  const { t } = useTranslation("overview");
  const points = (value: string): string => t("points", { points: value });
  const change = move.change ?? 0;
  const good = isGood(wayOf(change), move.better);
  return (
    <li>
      <p className={classes.moveHead}>
        <UnstyledButton className={classes.link} onClick={onDefine}>{inWords(move.title as { en: string; zh: string })}</UnstyledButton>
        <strong data-good={good ?? undefined} className={classes.delta}>{difference(change, move.unit, points)}</strong>
        <span className="soft">{t("from_to", { from: shown(move.previous, move.unit), to: shown(move.value, move.unit) })}</span>
        {move.simulated ? <Badge tone="wait">{t("simulated")}</Badge> : null}
      </p>
      {move.dimensions.length === 0 ? <p className="soft">{t(move.shape === "neither" ? "no_parts" : "one_part")}</p> : (
        <details>
          <summary>{why(move, t, points)}</summary>
          {move.dimensions.map((one) => <Parts key={one.dimension} dimension={one} unit={move.unit} isRatio={move.shape === "ratio"} />)}
        </details>
      )}
    </li>
  );
}

/** The one segment that moved it most, in a sentence. */
function why(move: Shape<"MetricMove">, t: (key: string, values: Record<string, string>) => string, points: (value: string) => string): string {
  const best = move.dimensions
    .flatMap((one) => one.parts.map((part) => ({ dimension: one.dimension, part })))
    .reduce((most, one) => (Math.abs(one.part.added) > Math.abs(most.part.added) ? one : most));
  const values = { dimension: t(`dimension_${best.dimension}`, { defaultValue: best.dimension }), value: best.part.value ?? t("none", {}), added: difference(best.part.added, move.unit, points) };
  if (move.shape !== "ratio") return t("why", values);
  return t(Math.abs(best.part.mix ?? 0) > Math.abs(best.part.rate ?? 0) ? "why_mix" : "why_rate", values);
}

function Parts({ dimension, unit, isRatio }: { dimension: Shape<"MoveDimension">; unit: string; isRatio: boolean }) {
  const { t } = useTranslation("overview");
  const points = (value: string): string => t("points", { points: value });
  const most = Math.max(...dimension.parts.map((one) => Math.abs(one.added)), Number.MIN_VALUE);
  const name = t(`dimension_${dimension.dimension}`, { defaultValue: dimension.dimension });
  return (
    <div className={classes.parts} tabIndex={0} role="region" aria-label={t("by", { dimension: name })}>
      <table>
        <thead><tr>
          <th scope="col">{name}</th><th scope="col">{t("before")}</th><th scope="col">{t("now")}</th>
          {isRatio ? <><th scope="col" title={t("mix_hint")}>{t("mix")}</th><th scope="col" title={t("rate_hint")}>{t("rate")}</th></> : null}
          <th scope="col">{t("added")}</th><th aria-hidden>{""}</th>
        </tr></thead>
        <tbody>
          {dimension.parts.map((one) => (
            <tr key={one.value ?? ""}>
              <th scope="row">{one.value ?? t("none")}</th><td>{shown(one.then, unit)}</td><td>{shown(one.now, unit)}</td>
              {isRatio ? <><td>{difference(one.mix ?? 0, unit, points)}</td><td>{difference(one.rate ?? 0, unit, points)}</td></> : null}
              <td><strong>{difference(one.added, unit, points)}</strong></td>
              <td aria-hidden><progress className={classes.share} data-way={wayOf(one.added)} value={Math.abs(one.added)} max={most} /></td>
            </tr>
          ))}
          {dimension.rest_count > 0 ? <tr><th scope="row" className="soft">{t("more", { count: dimension.rest_count })}</th><td colSpan={isRatio ? 4 : 2}>{""}</td><td>{difference(dimension.rest_added, unit, points)}</td><td aria-hidden>{""}</td></tr> : null}
        </tbody>
      </table>
    </div>
  );
}
