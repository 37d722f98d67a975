/** What was not saved stays in this browser: closing a window, or the browser itself, loses nothing. */
import { useCallback, useEffect, useState } from "react";
import type { Doc } from "./paths";
import type { Draft } from "./useDraft";

interface Kept {
  base: string; // digest of the version it was made from
  text: string;
  document: Doc; // ahead of the text while the server has not answered yet
}

const nameOf = (policy: string): string => `tandem.studio.${policy}`;

function read(policy: string): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(nameOf(policy)) ?? "null") as Kept | null;
    return kept && typeof kept.text === "string" ? kept : null;
  } catch {
    return null;
  }
}

export function useKeptDraft(policy: string, base: string, draft: Draft): { offer: boolean; restore: () => void; discard: () => void } {
  const [found, setFound] = useState(() => {
    const kept = read(policy);
    const differs = kept?.text !== draft.text || JSON.stringify(kept.document) !== JSON.stringify(draft.document);
    return kept?.base === base && differs ? kept : null;
  });
  useEffect(() => {
    if (!draft.dirty) return;
    setFound(null); // what is edited now takes the place of what was kept
    localStorage.setItem(nameOf(policy), JSON.stringify({ base, text: draft.text, document: draft.document } satisfies Kept));
  }, [policy, base, draft.dirty, draft.text, draft.document]);
  const { write, edit, text } = draft;
  const discard = useCallback(() => {
    localStorage.removeItem(nameOf(policy));
    setFound(null);
  }, [policy]);
  const restore = useCallback(() => {
    if (found && found.text !== text) write(found.text);
    else if (found) edit(found.document);
    setFound(null);
  }, [found, write, edit, text]);
  return { offer: found !== null, restore, discard };
}
