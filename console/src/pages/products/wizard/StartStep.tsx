/** From what: a template, a product that can be had, or a draft that somebody kept. */
import { Button } from "@mantine/core";
import { Copy, FilePen, Package } from "lucide-react";
import { useTranslation } from "react-i18next";
import { api, useGet, type Shape } from "../../../api";
import { Badge, Block, ErrorPanel, inWords, Loading, noteProblem } from "../../../kit";
import classes from "../launching.module.css";
import type { Definition, Draft } from "./draft";

interface StartProps { templates: Shape<"ProductTemplates"> | undefined; problem: Error | null; onStart: (draft: Draft) => void }

/** Which template's policy would be begun with for a product of that kind. */
const TEMPLATE_OF: Record<string, string> = { instalment_plan: "till_instalments", term_loan: "cash_loan", revolving: "till_instalments", merchant_line: "merchant_line" };

export function StartStep({ templates, problem, onStart }: StartProps) {
  const { t } = useTranslation(["launching", "products"]);
  const live = useGet("/v1/products");
  const drafts = useGet("/v1/artefacts", { params: { query: { kind: "product" } } });
  const kept = (drafts.data?.artefacts ?? []).filter((one) => one.state === "draft" || one.state === "declined");
  const begin = (one: Shape<"ProductTemplate">): void => onStart({ name: "", template: one.template, definition: one.definition as unknown as Definition, extras: one.drafts, known: false });
  const take = async (name: string, digest: string): Promise<void> => {
    try {
      const { data } = await api.GET("/v1/artefacts/{digest}", { params: { path: { digest } } });
      const { name: _, ...definition } = (data as Shape<"FullArtefact">).body as unknown as Definition & { name?: string };
      onStart({ name, template: TEMPLATE_OF[definition.kind] ?? "cash_loan", definition, extras: [], known: true });
    } catch (error) {
      noteProblem(error);
    }
  };
  if (problem) return <ErrorPanel problem={problem} />;
  if (!templates) return <Loading lines={6} />;
  return (
    <>
      <Block title={t("start.templates")} note={t("start.templates_note")}>
        <ul className={classes.choices}>
          {templates.templates.map((one) => (
            <li key={one.template}>
              <button type="button" className={classes.choice} onClick={() => begin(one)}>
                <Package size={18} aria-hidden />
                <span><strong>{inWords(one.title)}</strong><span className="soft">{t(`start.what.${one.template}`)}</span></span>
                <Badge>{t(`products:kinds.${one.kind}`)}</Badge>
              </button>
            </li>
          ))}
        </ul>
      </Block>
      {live.data?.products.length ? (
        <Block title={t("start.live")} note={t("start.live_note")}>
          <ul className={classes.rows}>
            {live.data.products.map((one) => (
              <li key={one.name}><span><strong>{inWords(one.title)}</strong> <span className="mono soft">{one.name}</span></span>
                <Button size="xs" variant="default" leftSection={<Copy size={14} aria-hidden />} aria-label={t("start.take_named", { name: one.name })} onClick={() => void take(one.name, one.digest)}>{t("start.take")}</Button></li>
            ))}
          </ul>
        </Block>
      ) : null}
      {kept.length ? (
        <Block title={t("start.drafts")}>
          <ul className={classes.rows}>
            {kept.map((one) => (
              <li key={one.digest}><span><strong className="mono">{one.name}</strong> <span className="soft">{t("start.by", { author: one.author })}</span></span>
                <Button size="xs" variant="default" leftSection={<FilePen size={14} aria-hidden />} aria-label={t("start.go_on_named", { name: one.name })} onClick={() => void take(one.name, one.digest)}>{t("start.go_on")}</Button></li>
            ))}
          </ul>
        </Block>
      ) : null}
    </>
  );
}
