/** Two versions side by side: what differs in words, then the figures. */
import { Button, Group, Select } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useGet } from "../../api";
import { Block, Empty, ErrorPanel, inWords, Loading, moment, number, PlainTable, useMay, useUrlSearch } from "../../kit";
import classes from "./models.module.css";
import type { Model } from "./ModelPage";

export function Compare({ model }: { model: Model }) {
  const { t } = useTranslation("models");
  const [search, change] = useUrlSearch();
  const may = useMay("draft");
  const { history } = model;
  const first = search["first"] ?? history.find((one) => one.state === "live")?.digest ?? history.at(-1)?.digest ?? "";
  const second = search["second"] ?? history.find((one) => one.digest !== first)?.digest ?? "";
  if (history.length < 2) return <Block><Empty title={t("one_version")} hint={t("one_version_hint")} /></Block>;
  const tried = history.find((one) => (one.digest === first || one.digest === second) && one.state !== "live");
  const choices = history.map((one) => ({ value: one.digest, label: t("version_of", { state: t(`states.${one.state}`), at: moment(one.pushed_at, "short") }) }));
  return (
    <div className={classes.stack}>
      <Group>
        <Select label={t("first")} data={choices} value={first} allowDeselect={false} onChange={(value) => change({ first: value ?? undefined })} w={280} />
        <Select label={t("second")} data={choices} value={second} allowDeselect={false} onChange={(value) => change({ second: value ?? undefined })} w={280} />
      </Group>
      <Compared name={model.name} first={first} second={second} />
      {may && tried ? <Group><Button component={Link} to={"/experiments" as string} search={{ new: "1", kind: "model", of: model.name, with: tried.digest } as never} variant="default">{t("try_it")}</Button></Group> : null}
    </div>
  );
}

const shown = (value: number | undefined): string => (value === undefined ? "–" : number(value, 4));

function Compared({ name, first, second }: { name: string; first: string; second: string }) {
  const { t } = useTranslation("models");
  const found = useGet("/v1/models/{name}/comparison", { params: { path: { name }, query: { first, second } } });
  if (found.error) return <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading lines={6} />;
  const [one, two] = [found.data.first, found.data.second];
  const metrics = [...new Set([...Object.keys(one.metrics), ...Object.keys(two.metrics)])].toSorted();
  const inputs = [...new Set([...one.input_details, ...two.input_details].map(({ name: input }) => input))].toSorted();
  const reads = (side: Model, input: string): string => {
    const detail = side.input_details.find((each) => each.name === input);
    return detail ? t(`proofs.${detail.proof}`) : "–";
  };
  return (
    <>
      <Block title={t("in_words")}><ul className={classes.sentences}>{found.data.words.map((each, place) => <li key={place}>{inWords(each)}</li>)}</ul></Block>
      <Block title={t("in_figures")}>
        <PlainTable label={t("in_figures")} head={[t("figure"), t("first"), t("second")]} rows={[
          [t("kind"), t(`kinds.${one.kind}`), t(`kinds.${two.kind}`)],
          [t("rows"), number(one.rows), number(two.rows)],
          [t("inputs"), number(one.input_details.length), number(two.input_details.length)],
          ...metrics.map((metric) => [t(`figures.${metric}`, { defaultValue: metric }), shown(one.metrics[metric]), shown(two.metrics[metric])]),
        ]} />
      </Block>
      <Block title={t("tabs.inputs")}>
        <PlainTable label={t("tabs.inputs")} head={[t("input"), t("first"), t("second")]} rows={inputs.map((input) => [<span key={input} className="mono">{input}</span>, reads(one, input), reads(two, input)])} />
      </Block>
    </>
  );
}
