import { Link } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
import type { ReactNode } from "react";
import classes from "./kit.module.css";

interface PageProps {
  title: ReactNode;
  lead?: ReactNode; // one sentence: what this page is for
  back?: { to: string; words: string; search?: Record<string, string> };
  actions?: ReactNode;
  wide?: boolean; // uses the whole width
  fills?: boolean; // as high as the window; a table inside scrolls by itself
  children: ReactNode;
}

/** The frame of a page: what it is, what it is for, what can be done. */
export function Page({ title, lead, back, actions, wide, fills, children }: PageProps) {
  return (
    <div className={classes.page} data-wide={wide || fills || undefined} data-fills={fills || undefined}>
      <header className={classes.head}>
        <div className={classes.headText}>
          {back ? <p className={classes.trail}><Link to={back.to} search={back.search as never}><ChevronLeft size={13} aria-hidden /> {back.words}</Link></p> : null}
          <h1>{title}</h1>
          {lead ? <p>{lead}</p> : null}
        </div>
        {actions ? <div className={classes.actions} data-no-print>{actions}</div> : null}
      </header>
      {children}
    </div>
  );
}

interface BlockProps {
  title?: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
  flush?: boolean; // the body touches the edges, as a table does
  children: ReactNode;
  label?: string; // of a block without title
}

/** A part of a page, with a title of its own. */
export function Block({ title, note, actions, flush, children, label }: BlockProps) {
  return (
    <section className={classes.block} data-flush={flush || undefined} aria-label={label}>
      {title || actions ? (
        <div className={classes.blockHead}>
          <div>
            {title ? <h2>{title}</h2> : null}
            {note ? <p>{note}</p> : null}
          </div>
          {actions ? <div className={classes.actions}>{actions}</div> : null}
        </div>
      ) : null}
      <div className={classes.blockBody}>{children}</div>
    </section>
  );
}

/** Names and what they stand for. What is undefined, null or empty is left out. */
export function Pairs({ of }: { of: readonly (readonly [ReactNode, ReactNode])[] }) {
  return (
    <dl className={classes.pairs}>
      {of.filter(([, value]) => value !== undefined && value !== null && value !== "").map(([name, value], place) => [
        <dt key={`t${place}`}>{name}</dt>,
        <dd key={`d${place}`}>{value}</dd>,
      ])}
    </dl>
  );
}
