import { Inbox, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import classes from "./kit.module.css";

/** Nothing here: why, and what to do next (children: one button, a command to copy). */
export function Empty({ icon: Icon = Inbox, title, hint, children }: { icon?: LucideIcon; title: string; hint?: ReactNode; children?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <Icon size={30} strokeWidth={1.5} aria-hidden />
      <h2>{title}</h2>
      {hint ? <p>{hint}</p> : null}
      {children}
    </div>
  );
}
