import { Skeleton } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./kit.module.css";

const BEFORE_MS = 150;
const SLOW_MS = 7000;

/** Whether more than `ms` have passed since the component was shown. */
export function useAfter(ms: number): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setPassed(true), ms);
    return () => window.clearTimeout(timer);
  }, [ms]);
  return passed;
}

/** The outline of what is coming; nothing at all during the first 150 ms, an explanation after seven seconds. */
export function Loading({ lines = 4, height = 18, slow }: { lines?: number; height?: number; slow?: string }) {
  const { t } = useTranslation("kit");
  const shown = useAfter(BEFORE_MS);
  const isSlow = useAfter(SLOW_MS);
  if (!shown) return <div aria-busy="true" />;
  return (
    <div aria-busy="true" role="status">
      <span className="visually-hidden">{t("loading")}</span>
      {Array.from({ length: lines }, (_, place) => <Skeleton key={place} height={height} mb={10} width={`${100 - ((place * 17) % 40)}%`} />)}
      {isSlow ? <p className="soft">{slow ?? t("loading_slow")}</p> : null}
    </div>
  );
}

/** The outline of a page. */
export const PageLoading = () => <div className={classes.page}><Loading lines={8} height={22} /></div>;
