/** What is so about a customer, such as hardship: rules look at it before every contact. */
import { Button, Select, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Shape } from "../../api";
import { Badge, Block, Dialog, ErrorPanel, useMay } from "../../kit";
import { Buttons } from "./Agreements";
import classes from "./collections.module.css";
import { requestId, useChange, type Customer } from "./useChange";

type Mark = Shape<"MarkChange">["mark"];
const MARKS: Mark[] = ["hardship", "illness", "complaint", "lawyer", "do_not_contact", "bankruptcy", "minor", "incapacitated", "deceased"];

export function Marks({ of: one }: { of: Customer }) {
  const { t } = useTranslation("collections");
  const may = useMay("collect");
  const { busy, problem, change } = useChange(one.account_id);
  const [asking, setAsking] = useState(false);
  const [mark, setMark] = useState<Mark>("hardship");
  const [text, setText] = useState("");
  const say = async (which: Mark, on: boolean, words: string): Promise<void> => {
    const body = { request_id: requestId(), mark: which, on, text: words, by: null };
    if (await change(() => api.POST("/v1/collections/accounts/{account_id}/marks", { params: { path: { account_id: one.account_id } }, body }))) { setAsking(false); setText(""); }
  };
  return (
    <Block title={t("marks")} note={t("mark_hint")} actions={may ? <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>{t("set")}</Button> : null}>
      {one.marks.length ? (
        <ul className={classes.list}>
          {one.marks.map((each) => (
            <li key={each}>
              <Badge tone="wait">{t(`mark.${each}`)}</Badge>
              {may && each !== "dispute" ? <Button size="compact-xs" variant="default" loading={busy} onClick={() => void say(each, false, "")}>{t("unset")}</Button> : null}
            </li>
          ))}
        </ul>
      ) : <p className="soft">{t("none")}</p>}
      {problem && !asking ? <ErrorPanel problem={problem} /> : null}
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t("marks")}>
        <form className={classes.form} onSubmit={(event) => { event.preventDefault(); void say(mark, true, text); }}>
          <Select label={t("marks")} data={MARKS.map((each) => ({ value: each, label: t(`mark.${each}`) }))} value={mark} allowDeselect={false} onChange={(chosen) => setMark(chosen as Mark)} />
          <Textarea label={t("text")} description={t("note_hint")} autosize minRows={2} maxLength={2000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
          {problem ? <ErrorPanel problem={problem} /> : null}
          <Buttons busy={busy} onLeave={() => setAsking(false)} />
        </form>
      </Dialog>
    </Block>
  );
}
