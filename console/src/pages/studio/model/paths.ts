/** Places in a document, as the API writes them (`flow[1].all[0].when`), and changes at a place that leave the rest shared. */
export type Path = readonly (string | number)[];
export type Doc = Record<string, unknown>;

const TOKEN = /[^.[\]]+|\[\d+\]/g;

export const pathOf = (text: string): Path => [...text.matchAll(TOKEN)].map(([token]) => (token.startsWith("[") ? Number(token.slice(1, -1)) : token));

export const textOf = (path: Path): string =>
  path.reduce<string>((text, token) => (typeof token === "number" ? `${text}[${token}]` : text ? `${text}.${token}` : token), "");

const inside = (holder: unknown, token: string | number): unknown =>
  holder !== null && typeof holder === "object" ? (holder as Record<string | number, unknown>)[token] : undefined;

/** What stands at `path`; undefined where nothing does. */
export const at = (document: unknown, path: Path): unknown => path.reduce(inside, document);

function changed(holder: unknown, path: Path, change: (old: unknown) => unknown): unknown {
  const [token, ...rest] = path;
  if (token === undefined) return change(holder);
  const value = changed(inside(holder, token), rest, change);
  if (Array.isArray(holder)) return holder.map((item: unknown, place) => (place === token ? value : item));
  const copy = { ...(holder as Doc) };
  if (value === undefined) delete copy[token];
  else copy[token] = value;
  return copy;
}

/** The document with `value` at `path`; undefined takes the key away. */
export const withAt = (document: Doc, path: Path, value: unknown): Doc => changed(document, path, () => value) as Doc;

const list = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

export const insertAt = (document: Doc, path: Path, place: number, value: unknown): Doc =>
  changed(document, path, (old) => list(old).toSpliced(place, 0, value)) as Doc;

export const removeAt = (document: Doc, path: Path, place: number): Doc => changed(document, path, (old) => list(old).toSpliced(place, 1)) as Doc;

export const moveAt = (document: Doc, path: Path, from: number, to: number): Doc =>
  changed(document, path, (old) => {
    const items = list(old);
    if (to < 0 || to >= items.length) return items;
    return items.toSpliced(from, 1).toSpliced(to, 0, items[from]);
  }) as Doc;

/** Whether `path` is `place` or stands within it. */
export const within = (path: string, place: string): boolean => path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`);

/** The stage a place belongs to: the deepest `flow[n]` in its path. */
export function stageOf(where: string): string | null {
  const path = pathOf(where);
  let last = -1;
  path.forEach((token, place) => {
    if (typeof token === "number" && path[place - 1] === "flow") last = place;
  });
  return last < 0 ? null : textOf(path.slice(0, last + 1));
}
