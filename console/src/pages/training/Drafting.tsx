/** A draft of the register made of a trained model, with words for its reasons; another person then reviews it. */
import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Send } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, problemOf, refresh, type Problem, type Shape } from "../../api";
import { Badge, Block, Empty, ErrorPanel, Instant, noteDone, useMay } from "../../kit";
import { isName } from "./asked";
import type { Detail, Report } from "./figures";
import classes from "./training.module.css";

type Words = Record<string, { en: string; zh: string }>;

export function Drafting({ detail, report }: { detail: Detail; report: Report }) {
  const { t } = useTranslation("training");
  const may = useMay("draft");
  return (
    <div className={classes.stack}>
      {detail.drafts.length > 0 ? <Made drafts={detail.drafts} /> : null}
      {may ? <Make detail={detail} report={report} /> : <Block label={t("draft.title")}><Empty title={t("not_yours")} hint={t("not_yours_hint")} /></Block>}
    </div>
  );
}

function Made({ drafts }: { drafts: Detail["drafts"] }) {
  const { t } = useTranslation("training");
  return (
    <Block title={t("draft.made")} note={t("draft.made_note")} actions={<Button component={Link} to={"/releases" as string}>{t("draft.to_review")}</Button>}>
      <ul className={classes.findings}>
        {drafts.map((one) => (
          <li key={one.digest}>
            <span><Link to={"/models/$name" as string} params={{ name: one.name } as never} search={{ version: one.digest } as never} className="mono">{one.name}</Link> {t("draft.line", { family: t(`families.${one.family}`), by: one.by })} <Instant at={one.at} form="minute" /></span>
          </li>
        ))}
      </ul>
    </Block>
  );
}

function Make({ detail, report }: { detail: Detail; report: Report }) {
  const { t } = useTranslation("training");
  const client = useQueryClient();
  const families = Object.keys(report.figures["documents"] as unknown as object);
  const [name, setName] = useState(detail.run.asked.name ?? "");
  const [family, setFamily] = useState(report.champion);
  const [note, setNote] = useState("");
  const [words, setWords] = useState<Words>(() => Object.fromEntries(report.reasons.filter(({ known }) => !known).map(({ code, en, zh }) => [code, { en, zh }])));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const make = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const { data } = await api.POST("/v1/trainings/{training_id}/draft", { params: { path: { training_id: detail.run.training_id } }, body: { name, family: family as never, note, words } });
      noteDone(t(data && data.artefacts.length > 0 ? "draft.done" : "draft.nothing_new", { name }));
      await Promise.all([refresh(client, "/v1/trainings/{training_id}"), refresh(client, "/v1/models"), refresh(client, "/v1/reviews")]);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const wrong = isName(name) ? null : t("how.name_wrong");
  const silent = Object.values(words).some(({ en, zh }) => en.trim() === "" || zh.trim() === "");
  return (
    <Block title={t("draft.title")} note={t("draft.note")}>
      <form className={classes.stack} onSubmit={(event) => { event.preventDefault(); void make(); }}>
        <div className={classes.numbers}>
          <TextInput label={t("how.name")} description={t("draft.name_hint")} value={name} error={wrong} required classNames={{ input: "mono" }} onChange={(event) => setName(event.currentTarget.value)} />
          <Select label={t("draft.family")} description={t("draft.family_hint")} value={family} allowDeselect={false} onChange={(value) => setFamily(value ?? report.champion)}
            data={families.map((one) => ({ value: one, label: one === report.champion ? `${t(`families.${one}`)} ★` : t(`families.${one}`) }))} />
        </div>
        <Reasons reasons={report.reasons} words={words} onWords={setWords} />
        <Textarea label={t("draft.why")} description={t("draft.why_hint")} value={note} maxLength={2000} autosize minRows={2} onChange={(event) => setNote(event.currentTarget.value)} />
        {problem ? <ErrorPanel problem={problem} /> : null}
        <div className={classes.act}>
          {silent ? <span className="soft">{t("draft.silent")}</span> : null}
          <Button type="submit" loading={busy} disabled={wrong !== null || silent} leftSection={<Send size={15} />}>{t("draft.make")}</Button>
        </div>
      </form>
    </Block>
  );
}

function Reasons({ reasons, words, onWords }: { reasons: readonly Shape<"TrainingReason">[]; words: Words; onWords: (words: Words) => void }) {
  const { t } = useTranslation("training");
  const change = (code: string, told: { en?: string; zh?: string }): void => onWords({ ...words, [code]: { en: "", zh: "", ...words[code], ...told } });
  return (
    <fieldset className={classes.reasons}>
      <legend>{t("draft.words")}</legend>
      <p className="soft">{t("draft.words_hint")}</p>
      <div className={classes.wide} tabIndex={0} role="region" aria-label={t("draft.words")}>
        <table aria-label={t("draft.words")}>
          <thead><tr><th scope="col">{t("column")}</th><th scope="col">{t("draft.in_en")}</th><th scope="col">{t("draft.in_zh")}</th></tr></thead>
          <tbody>
            {reasons.map((one) => (
              <tr key={one.input}>
                <th scope="row"><span className="mono">{one.input}</span></th>
                {one.known ? <><td>{one.en}</td><td>{one.zh} <Badge tone="neutral">{t("draft.known")}</Badge></td></> : (
                  <>
                    <td><TextInput aria-label={t("draft.in_en_of", { name: one.input })} value={words[one.code]?.en ?? ""} maxLength={300} lang="en" onChange={(event) => change(one.code, { en: event.currentTarget.value })} /></td>
                    <td><TextInput aria-label={t("draft.in_zh_of", { name: one.input })} value={words[one.code]?.zh ?? ""} maxLength={300} lang="zh-CN" onChange={(event) => change(one.code, { zh: event.currentTarget.value })} /></td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </fieldset>
  );
}
