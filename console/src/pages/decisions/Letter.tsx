import { Button, Group, SegmentedControl } from "@mantine/core";
import { Download, Mail, Printer } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useGet, type Shape } from "../../api";
import { Dialog, Empty, ErrorPanel, language, Loading } from "../../kit";
import classes from "./letter.module.css";

type Language = "en" | "zh-CN";
type Written = Shape<"WrittenDecision">;

/** Why there is none, where that is no fault. */
const NONE = new Set(["no_letter", "nothing_adverse", "person_erased"]);

/** The letter about a decision: a button, and behind it the letter as it is printed. */
export function Letter({ id }: { id: string }) {
  const { t } = useTranslation("decision");
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<Mail size={15} />} onClick={() => setOpened(true)}>{t("letter.open")}</Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={t("letter.title")} size="xl" classNames={{ root: classes.window }}>
        {opened ? <Preview id={id} /> : null}
      </Dialog>
    </>
  );
}

function Preview({ id }: { id: string }) {
  const { t } = useTranslation("decision");
  const [of, setOf] = useState<Language>(language() === "zh-CN" ? "zh-CN" : "en");
  const asked = useGet("/v1/decisions/{decision_id}/letter", { params: { path: { decision_id: id }, query: { language: of } } }, { staleTime: Infinity });
  const code = asked.error && "code" in asked.error ? String(asked.error.code) : "";
  if (NONE.has(code)) return <Empty icon={Mail} title={t(`letter.none.${code}`)} hint={t(`letter.none_hint.${code}`)} />;
  return (
    <>
      <Group justify="space-between" mb="md" data-no-print>
        <SegmentedControl size="xs" aria-label={t("letter.language")} value={of} onChange={(value) => setOf(value as Language)}
          data={[{ value: "zh-CN", label: t("letter.in_chinese") }, { value: "en", label: t("letter.in_english") }]} />
        <Group gap="xs">
          <Button variant="default" size="xs" leftSection={<Download size={14} />} disabled={!asked.data} onClick={() => asked.data && save(asked.data)}>{t("letter.save")}</Button>
          <Button size="xs" leftSection={<Printer size={14} />} disabled={!asked.data} onClick={() => window.print()}>{t("print")}</Button>
        </Group>
      </Group>
      {asked.isError ? <ErrorPanel problem={asked.error} onRetry={() => void asked.refetch()} /> : asked.data ? <Sheet letter={asked.data} /> : <Loading lines={8} />}
    </>
  );
}

function Sheet({ letter }: { letter: Written }) {
  const { t } = useTranslation("decision");
  return (
    <>
      <article className={classes.sheet} lang={letter.language} aria-label={letter.title}>
        {letter.blocks.map((block, at) => <Piece key={`${at}-${block.kind}`} block={block} />)}
      </article>
      <p className={classes.basis} data-no-print>
        {t("letter.packs", { packs: letter.packs.map(({ name, effective }) => `${name} (${effective})`).join(", ") })}
      </p>
    </>
  );
}

function Piece({ block }: { block: Shape<"LetterBlock"> }) {
  switch (block.kind) {
    case "title": return <h2>{block.text}</h2>;
    case "heading": return <h3>{block.text}</h3>;
    case "list": return <ul>{block.items.map((item) => <li key={item}>{item}</li>)}</ul>;
    case "paragraph": return <p>{block.text}</p>;
    default: return <p className={classes[block.kind]}>{block.text}</p>;
  }
}

function save(letter: Written): void {
  const url = URL.createObjectURL(new Blob([letter.html], { type: "text/html;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${letter.decision_id}.${letter.language}.html`;
  link.click();
  URL.revokeObjectURL(url);
}
