import { inWords } from "../../kit";
import type { Shape as Api } from "../../api";

/** What a ring is, in one sentence. */
export const RingLine = ({ ring }: { ring: Api<"RingSummary"> }) => <>{inWords(ring.words)}</>;
