/** The way from somebody to who shares what with them, where a graph of the live release knows their kind. */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Share2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGet } from "../../api";

/** `entities`: pseudonyms by kind; of several, a member of a graph goes before what members share. */
export function ToGraph({ entities }: { entities: Readonly<Record<string, string>> }) {
  const { t } = useTranslation("kit");
  const found = useGet("/v1/graphs", {}, { staleTime: 60_000, retry: false });
  const [place] = (found.data?.graphs ?? []).flatMap((graph) =>
    [graph.member_kind, ...graph.identifiers.map(({ kind }) => kind)].filter((kind) => entities[kind]).map((kind) => ({ graph: graph.name, at: `${kind}:${entities[kind]}` })),
  );
  if (!place) return null;
  return <Button component={Link} to={"/graph" as string} search={place as never} variant="default" leftSection={<Share2 size={15} aria-hidden />}>{t("to_graph")}</Button>;
}
