/** How the customer can be reached: masked, for a number is told only with a permit to use it. */
import { Button, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Shape } from "../../api";
import { Badge, Block, Dialog, ErrorPanel, useMay } from "../../kit";
import { Buttons } from "./Agreements";
import classes from "./collections.module.css";
import { useChange, type Customer } from "./useChange";

const KINDS = ["phone", "email", "address"] as const;

export function Points({ of: one }: { of: Customer }) {
  const { t } = useTranslation("collections");
  const may = useMay("collect") && one.is_in;
  const [asking, setAsking] = useState(false);
  return (
    <Block title={t("reach")} actions={may ? <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>{t("add_point")}</Button> : null}>
      {one.points.length ? <ul className={classes.list}>{one.points.map((each) => <Point key={each.point} of={each} />)}</ul> : <p className="soft">{`${t("no_point")} ${t("no_point_hint")}`}</p>}
      {asking ? <Adding of={one} onLeave={() => setAsking(false)} /> : null}
    </Block>
  );
}

function Point({ of: each }: { of: Shape<"PointShown"> }) {
  const { t } = useTranslation("collections");
  return (
    <li>
      <span className={classes.entry}>
        <span className="soft">{t(`point_kind.${each.kind}`)}</span> <span className="number">{each.masked ?? t("erased")}</span>
        {each.whose === "third_party" ? <Badge tone="wait">{[t("third_party"), each.name, each.relation].filter(Boolean).join(" · ")}</Badge> : null}
        {each.invalid ? <Badge tone="bad">{t("invalid")}</Badge> : null}
        {each.opted_out ? <Badge tone="bad">{t("opted_out")}</Badge> : null}
        {each.refused ? <Badge tone="bad">{t("refused")}</Badge> : null}
      </span>
    </li>
  );
}

function Adding({ of: one, onLeave }: { of: Customer; onLeave: () => void }) {
  const { t } = useTranslation("collections");
  const { busy, problem, change } = useChange(one.account_id);
  const [kind, setKind] = useState<(typeof KINDS)[number]>("phone");
  const [whose, setWhose] = useState<"debtor" | "third_party">("debtor");
  const [value, setValue] = useState("");
  const [name, setName] = useState("");
  const [relation, setRelation] = useState("");
  const add = async (): Promise<void> => {
    const body = { kind, value, whose, name: name || null, relation: relation || null, by: null };
    if (await change(() => api.POST("/v1/collections/accounts/{account_id}/points", { params: { path: { account_id: one.account_id } }, body }))) onLeave();
  };
  return (
    <Dialog opened onClose={onLeave} title={t("add_point")}>
      <form className={classes.form} onSubmit={(event) => { event.preventDefault(); void add(); }}>
        <Select label={t("kind")} data={KINDS.map((each) => ({ value: each, label: t(`point_kind.${each}`) }))} value={kind} allowDeselect={false} onChange={(chosen) => setKind(chosen as (typeof KINDS)[number])} />
        <TextInput label={t("value")} required value={value} onChange={(event) => setValue(event.currentTarget.value)} data-autofocus />
        <SegmentedControl aria-label={t("whose")} value={whose} onChange={(chosen) => setWhose(chosen as "debtor" | "third_party")} data={[{ value: "debtor", label: t("whose_debtor") }, { value: "third_party", label: t("whose_third_party") }]} />
        {whose === "third_party" ? (
          <>
            <TextInput label={t("name")} value={name} onChange={(event) => setName(event.currentTarget.value)} />
            <TextInput label={t("relation")} value={relation} onChange={(event) => setRelation(event.currentTarget.value)} />
          </>
        ) : null}
        {problem ? <ErrorPanel problem={problem} /> : null}
        <Buttons busy={busy} lacks={value.trim() === ""} onLeave={onLeave} />
      </form>
    </Dialog>
  );
}
