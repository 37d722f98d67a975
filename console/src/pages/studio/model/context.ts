/** What every part of the studio needs: the draft, the names it may use, and where one is. */
import { createContext, useContext } from "react";
import type { Shape } from "../../../api";
import type { Draft } from "./useDraft";

export interface Studio {
  name: string;
  draft: Draft;
  names: Shape<"StudioNames"> | undefined;
  eventType: string;
  mayEdit: boolean;
  selected: string; // path of the stage shown; "start" for the policy itself; "" for none
  select: (path: string, focus?: string) => void;
  focus: string; // path of the part to be shown, within the stage
}

const StudioContext = createContext<Studio | null>(null);
export const StudioProvider = StudioContext.Provider;

export function useStudio(): Studio {
  const studio = useContext(StudioContext);
  if (!studio) throw new Error("useStudio outside of the studio");
  return studio;
}
