import { Inbox, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import classes from "./kit.module.css";

interface EmptyProps {
  icon?: LucideIcon;
  title: string;
  hint?: ReactNode;
  whole?: boolean; // the whole page, which its title heads
  children?: ReactNode;
}

/** Nothing here: why, and what to do next (children: one button, a command to copy). */
export function Empty({ icon: Icon = Inbox, title, hint, whole, children }: EmptyProps) {
  const Heading = whole ? "h1" : "h2";
  return (
    <div className={classes.empty}>
      <Icon size={30} strokeWidth={1.5} aria-hidden />
      <Heading>{title}</Heading>
      {hint ? <p>{hint}</p> : null}
      {children}
    </div>
  );
}
