/** What was said so far, kept in the address: a reload, a link or a step back shows the same place. */
import type { Shape } from "../../api";
import { useUrlSearch } from "../../kit";

export type Look = Shape<"TableLook">;
export type ColumnLook = Shape<"ColumnLook">;
export type Finding = Shape<"Finding">;

export type BinEdit = Shape<"BinEdit">;

export const STEPS = ["data", "what", "when", "not", "how"] as const;
export type Step = (typeof STEPS)[number];

export const GOALS = ["credit", "fraud"] as const;
export const EXPLAINS = ["strictly", "balanced", "strongest"] as const;
export type Goal = (typeof GOALS)[number];
export type Explain = (typeof EXPLAINS)[number];
export type Family = Shape<"TrainingRequest">["families"][number];

export interface Asked {
  step: Step;
  upload: string | undefined;
  dataset: string | undefined; // a training set of the workspace instead of a file
  target: string | undefined;
  positive: string | undefined;
  time: string | undefined;
  noTime: boolean; // said, and not only left open
  id: string[] | undefined; // undefined: as suggested
  forbid: string[] | undefined;
  goal: Goal;
  explain: Explain;
  families: Family[]; // none: as `explain` says
  monotone: "auto" | "none" | undefined; // undefined: as `explain` says
  name: string;
  label: string;
  testShare: number;
  folds: number | undefined;
  tune: number;
  seed: number;
  bins: BinEdit[]; // changes of the scorecard's bins, made on the report of an earlier training
}

export const SEED = 20_261_124;
const TEST_SHARE = 0.2;

const among = <T extends string>(values: readonly T[], found: string | undefined, fallback: T): T => values.find((one) => one === found) ?? fallback;

function listOf(text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  try {
    const found: unknown = JSON.parse(text);
    return Array.isArray(found) ? found.filter((one): one is string => typeof one === "string") : undefined;
  } catch {
    return undefined; // an address that somebody cut short
  }
}

function editsOf(text: string | undefined): BinEdit[] {
  try {
    const found: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(found) ? (found as BinEdit[]) : []; // the server reads them strictly
  } catch {
    return [];
  }
}

function numberOf(text: string | undefined, least: number, most: number): number | undefined {
  const found = Number(text);
  return text && Number.isFinite(found) && found >= least && found <= most ? found : undefined;
}

/** `[asked, say]`: what was said, and how to say more. */
export function useAsked(): [Asked, (changes: Partial<Asked>) => void] {
  const [search, change] = useUrlSearch();
  const asked: Asked = {
    step: among(STEPS, search["step"], "data"),
    upload: search["upload"],
    dataset: search["dataset"],
    target: search["target"],
    positive: search["positive"],
    time: search["time"],
    noTime: search["when"] === "none",
    id: listOf(search["id"]),
    forbid: listOf(search["forbid"]),
    goal: among(GOALS, search["goal"], "credit"),
    explain: among(EXPLAINS, search["explain"], "balanced"),
    families: (listOf(search["families"]) ?? []) as Family[], // the server reads them strictly
    monotone: search["monotone"] === "auto" ? "auto" : search["monotone"] === "none" ? "none" : undefined,
    name: search["name"] ?? "",
    label: search["label"] ?? "",
    testShare: numberOf(search["test"], 0.05, 0.5) ?? TEST_SHARE,
    tune: numberOf(search["tune"], 0, 100) ?? 0,
    folds: numberOf(search["folds"], 2, 10),
    seed: numberOf(search["seed"], 0, 2 ** 31 - 1) ?? SEED,
    bins: editsOf(search["bins"]),
  };
  return [asked, (changes) => change(addressOf(changes))];
}

/** Changes as the address writes them. */
function addressOf(changes: Partial<Asked>): Record<string, string | undefined> {
  const found: Record<string, string | undefined> = {};
  const plain = ["upload", "dataset", "target", "positive", "time", "monotone", "name", "label"] as const;
  for (const key of plain) if (key in changes) found[key] = changes[key];
  if ("step" in changes) found["step"] = changes.step === "data" ? undefined : changes.step;
  if ("noTime" in changes) found["when"] = changes.noTime ? "none" : undefined;
  if ("id" in changes) found["id"] = changes.id && JSON.stringify(changes.id);
  if ("forbid" in changes) found["forbid"] = changes.forbid && JSON.stringify(changes.forbid);
  if ("families" in changes) found["families"] = changes.families?.length ? JSON.stringify(changes.families) : undefined;
  if ("goal" in changes) found["goal"] = changes.goal === "credit" ? undefined : changes.goal;
  if ("explain" in changes) found["explain"] = changes.explain === "balanced" ? undefined : changes.explain;
  if ("testShare" in changes) found["test"] = changes.testShare === TEST_SHARE ? undefined : String(changes.testShare);
  if ("folds" in changes) found["folds"] = changes.folds === undefined ? undefined : String(changes.folds);
  if ("tune" in changes) found["tune"] = changes.tune ? String(changes.tune) : undefined;
  if ("seed" in changes) found["seed"] = changes.seed === SEED ? undefined : String(changes.seed);
  return found;
}

export type Source = Shape<"TrainingRequest">["source"];
export type KeptSet = Shape<"DatasetShown">;

/** Where the rows are; undefined until something was chosen. */
export function sourceOf({ upload, dataset }: Pick<Asked, "upload" | "dataset">): Source | undefined {
  if (dataset) return { type: "dataset", digest: dataset };
  return upload ? { type: "file", upload_id: upload } : undefined;
}

/** What a set is called: a name where it has one, else the beginning of its digest. */
export const setName = ({ names, digest }: KeptSet): string => names[0] ?? digest.slice(0, 12);

/** Nothing said yet of any table. */
export const AFRESH: Partial<Asked> = { upload: undefined, dataset: undefined, target: undefined, positive: undefined, time: undefined, noTime: false, id: undefined, forbid: undefined };

/** What was said, with what the table suggests where nothing was. */
export interface Said {
  target: string | undefined;
  positive: string | undefined;
  time: string | undefined;
  id: string[];
  forbid: string[];
}

export function saidOf(asked: Asked, table: Look | undefined, locked: readonly string[] = []): Said {
  const suggested = table?.suggested;
  const target = asked.target ?? suggested?.target ?? undefined;
  const time = asked.noTime ? undefined : asked.time ?? suggested?.time ?? undefined;
  const kept = (names: readonly string[]): string[] => names.filter((one) => one !== target && one !== time);
  const id = kept(asked.id ?? suggested?.id ?? []);
  return { target, positive: asked.positive, time, id, forbid: kept([...new Set([...locked, ...(asked.forbid ?? suggested?.forbid ?? [])])]).filter((one) => !id.includes(one)) };
}

const NAME = /^[a-z][a-z0-9_]{0,79}$/;
export const isName = (name: string): boolean => NAME.test(name);

/** A name for the model made of the file's. */
export function nameFrom(file: string): string {
  const plain = file.toLowerCase().replace(/\.(gz|csv|tsv|txt|parquet|xlsx|arff)\b/g, "").replaceAll(/[^a-z0-9]+/g, "_").replaceAll(/^[^a-z]+|_+$/g, "");
  return plain.slice(0, 60) || "model";
}
