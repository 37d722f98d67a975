/** For whoever connects to this server: how to begin, who is told of what, every address. */
import { Tabs } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Page, useMay, useUrlSearch } from "../../kit";
import { Reference } from "./Reference";
import { Start } from "./Start";
import { Webhooks } from "./Webhooks";

const TABS = ["start", "webhooks", "reference"] as const;

export default function DevelopersPage() {
  const { t } = useTranslation("developers");
  const [search, change] = useUrlSearch();
  const manages = useMay("manage");
  const open = TABS.filter((one) => one !== "webhooks" || manages);
  const tab = open.find((one) => one === search["tab"]) ?? "start";
  // Filters and order belong to the table of one tab.
  const turnTo = (value: string | null): void =>
    change({ ...Object.fromEntries(Object.keys(search).map((name) => [name, undefined])), tab: value === "start" ? undefined : (value ?? undefined) });
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Tabs value={tab} onChange={turnTo} keepMounted={false}>
        <Tabs.List aria-label={t("title")}>
          {open.map((one) => <Tabs.Tab key={one} value={one}>{t(`tab.${one}`)}</Tabs.Tab>)}
        </Tabs.List>
        <Tabs.Panel value="start" pt="md"><Start /></Tabs.Panel>
        <Tabs.Panel value="webhooks" pt="md"><Webhooks /></Tabs.Panel>
        <Tabs.Panel value="reference" pt="md"><Reference /></Tabs.Panel>
      </Tabs>
    </Page>
  );
}
