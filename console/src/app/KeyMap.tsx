import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useState, useEffect } from "react";
import { useKeyMap, type Key } from "./keys";
import classes from "./KeyMap.module.css";

const bus = new EventTarget();

export const openKeyMap = (): void => void bus.dispatchEvent(new Event("open"));

/** The map behind `?`: everything that can be pressed on this page. */
export function KeyMap() {
  const { t } = useTranslation("app");
  const [opened, setOpened] = useState(false);
  const map = new Map<string, readonly Key[]>();
  for (const { title, current } of useKeyMap()) map.set(title, [...(map.get(title) ?? []), ...current]);
  useEffect(() => {
    const open = (): void => setOpened(true);
    bus.addEventListener("open", open);
    return () => bus.removeEventListener("open", open);
  }, []);
  return (
    <Modal opened={opened} onClose={() => setOpened(false)} title={t("keys.title")} size="lg" closeButtonProps={{ "aria-label": t("close") }}>
      <div className={classes.groups}>
        {[...map].filter(([, keys]) => keys.length > 0).map(([title, current]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl className={classes.keys}>
              {current.map(({ keys, words }) => (
                <div key={keys}>
                  <dt>{keys.split(" ").map((part) => <kbd key={part}>{part.replace("mod+", t("keys.mod"))}</kbd>)}</dt>
                  <dd>{words}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
