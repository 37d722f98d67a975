/** Every guard rail: as it is in force, and as it is proposed. */
import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { getOptions, useGet, type Shape } from "../../../api";
import { formOf, type GuardBody, type GuardForm } from "./guard";

type State = Shape<"ArtefactSummary">["state"];

export interface Guard {
  name: string;
  live: GuardForm | null;
  proposed: { form: GuardForm; state: State } | null; // newer than what is in force
}

export function useGuards(): { guards: Guard[] | undefined; problem: Error | null; again: () => void } {
  const newest = useGet("/v1/artefacts", { params: { query: { kind: "guard" } } });
  const releases = useGet("/v1/releases");
  const manifest = releases.data?.releases[0]?.manifest;
  const known = useMemo(() => newest.data?.artefacts.map((one) => ({ ...one, inForce: manifest?.[`guard/${one.name}`] ?? null }))
    .filter((one) => one.inForce !== null || one.state !== "retired"), [newest.data, manifest]);
  const digests = useMemo(() => [...new Set((known ?? []).flatMap((one) => [one.digest, ...(one.inForce ? [one.inForce] : [])]))], [known]);
  const bodies = useQueries({ queries: digests.map((digest) => ({ ...getOptions("/v1/artefacts/{digest}", { params: { path: { digest } } }), staleTime: Infinity })) });
  const found = new Map(digests.map((digest, place) => [digest, bodies[place]?.data]));
  const problem = newest.error ?? releases.error ?? bodies.find((one) => one.error)?.error ?? null;
  const form = (digest: string): GuardForm | null => {
    const one = found.get(digest);
    return one ? formOf(one.name, one.body as unknown as GuardBody) : null;
  };
  const ready = known !== undefined && releases.data !== undefined && digests.every((digest) => found.get(digest));
  return {
    guards: ready ? known.map((one) => {
      const live = one.inForce ? form(one.inForce) : null;
      const proposed = one.digest === one.inForce ? null : form(one.digest);
      return { name: one.name, live, proposed: proposed ? { form: proposed, state: one.state } : null };
    }) : undefined,
    problem,
    again: () => { void newest.refetch(); void releases.refetch(); },
  };
}
