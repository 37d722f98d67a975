/** The way from somebody to the rings they are in; nothing where they are in none, and where no rings are looked for. */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Waypoints } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useGet } from "../../api";
import { number } from "../../kit";

/** `entities`: pseudonyms by kind; who may be in a ring is a member of a graph. */
export function ToRings({ entities }: { entities: Readonly<Record<string, string>> }) {
  const { t } = useTranslation("kit");
  const graphs = useGet("/v1/graphs", {}, { staleTime: 60_000, retry: false });
  const member = (graphs.data?.graphs ?? []).map(({ member_kind: kind }) => entities[kind]).find(Boolean);
  const found = useGet("/v1/rings", { params: { query: { text: member ?? "", limit: 1 } } }, { enabled: member !== undefined, staleTime: 60_000, retry: false });
  const [ring] = found.data?.rings ?? [];
  if (!found.data || !ring) return null;
  const { total } = found.data;
  const place = total === 1 ? { to: "/rings/$id", params: { id: ring.ring_id } } : { to: "/rings", search: { find: member } };
  return (
    <Button component={Link} {...(place as object as { to: string })} variant="default" leftSection={<Waypoints size={15} aria-hidden />}>
      {total === 1 ? t("to_ring", { number: number(ring.size) }) : t("to_rings", { number: number(total) })}
    </Button>
  );
}
