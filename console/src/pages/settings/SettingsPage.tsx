/** What may arrive, who may and who is asked: oneself, people and their roles, keys of programs, event types, connectors, and the record of who did what. */
import { Tabs } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { CircleUser, KeyRound, Plug, ScrollText, Shapes, Users } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Page, useMay, useUrlSearch } from "../../kit";
import { EventTypes } from "../event-types/EventTypes";
import { Audit } from "./Audit";
import { Connectors } from "./Connectors";
import { Keys } from "./Keys";
import { People } from "./People";
import { You } from "./You";
import classes from "./settings.module.css";

const TABS = [["you", CircleUser], ["people", Users], ["keys", KeyRound], ["events", Shapes], ["connectors", Plug], ["audit", ScrollText]] as const;

export default function SettingsPage() {
  const { t } = useTranslation("settings");
  const navigate = useNavigate();
  const [search] = useUrlSearch();
  const manages = useMay("manage");
  const shown = TABS.filter(([name]) => manages || name === "you" || name === "people" || name === "events" || name === "connectors");
  const tab = shown.find(([name]) => name === search["tab"])?.[0] ?? "you";
  // The tables keep their state in the address: another tab begins with an address of its own.
  const go = (next: string | null): void => void navigate({ to: ".", search: { tab: next === "you" ? undefined : next } as never, replace: true, resetScroll: false });
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Tabs value={tab} onChange={go} keepMounted={false}>
        <Tabs.List mb="md" className={classes.tabs}>
          {shown.map(([name, Icon]) => <Tabs.Tab key={name} value={name} leftSection={<Icon size={16} aria-hidden />}>{t(`tab.${name}`)}</Tabs.Tab>)}
        </Tabs.List>
        <Tabs.Panel value="you"><You /></Tabs.Panel>
        <Tabs.Panel value="people"><People /></Tabs.Panel>
        {manages ? <Tabs.Panel value="keys"><Keys /></Tabs.Panel> : null}
        <Tabs.Panel value="events"><EventTypes /></Tabs.Panel>
        <Tabs.Panel value="connectors"><Connectors /></Tabs.Panel>
        {manages ? <Tabs.Panel value="audit"><Audit /></Tabs.Panel> : null}
      </Tabs>
    </Page>
  );
}
