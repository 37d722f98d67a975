/** A page of the log book: the little Markdown that it is written in, and nothing else, so that no text becomes markup. */
import { Fragment, type ReactNode } from "react";
import classes from "./log-book.module.css";

interface Line { text: string; inner: string[] }

export function PageText({ text }: { text: string }) {
  const lines = text.split("\n").filter((one) => one.trim() !== "" && !one.startsWith("## "));
  const items: Line[] = [];
  const rest: string[] = [];
  for (const one of lines) {
    if (one.startsWith("- ")) items.push({ text: one.slice(2), inner: [] });
    else if (one.startsWith("  - ")) items[items.length - 1]?.inner.push(one.slice(4));
    else rest.push(one);
  }
  return (
    <div className={classes.text}>
      <ul>{items.map((one, place) => (
        <li key={place}>{marked(one.text)}{one.inner.length > 0 ? <ul>{one.inner.map((each, at) => <li key={at}>{marked(each)}</li>)}</ul> : null}</li>
      ))}</ul>
      {rest.map((one) => <p key={one} className="soft">{marked(one)}</p>)}
    </div>
  );
}

/** Bold and code; everything else as it stands. */
function marked(text: string): ReactNode {
  return text.split(/(\*\*[^*]+\*\*|`[^`]+`)/).map((part, place) => {
    if (part.startsWith("**")) return <strong key={place}>{part.slice(2, -2)}</strong>;
    if (part.startsWith("`")) return <code key={place}>{part.slice(1, -1)}</code>;
    return <Fragment key={place}>{part}</Fragment>;
  });
}
