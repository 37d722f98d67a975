import { CircleCheck, CirclePlay, Flag, GitBranch, GitFork, ListChecks, ListTree, Plug, Scale, Sigma, Sparkles, Table2, type LucideIcon } from "lucide-react";

/** One mark for each kind of stage, the same wherever it is shown. */
export const ICONS: Record<string, LucideIcon> = {
  start: CirclePlay, lists: ListChecks, rules: ListTree, table: Table2, scorecard: Scale, model: Sparkles, ask: Plug, switch: GitBranch, split: GitFork, set: Sigma,
  decide: Flag, outcome: CircleCheck,
};

export function KindIcon({ kind, size = 17 }: { kind: string; size?: number }) {
  const Icon = ICONS[kind] ?? Flag;
  return <Icon size={size} aria-hidden />;
}
