/** Something that needs a person's attention, with what to do about it. */
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import classes from "./developers.module.css";

export function Notice({ tone = "wait", icon: Icon, title, children }: { tone?: "wait" | "bad"; icon: LucideIcon; title: string; children?: ReactNode }) {
  return (
    <section className={classes.notice} data-tone={tone} aria-label={title}>
      <Icon size={18} aria-hidden />
      <div>
        <strong>{title}</strong>
        {children}
      </div>
    </section>
  );
}
