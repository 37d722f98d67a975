/** What passes between the lender and its bank: money that nobody could place, files that were taken in, orders that went out. */
import { Button, SegmentedControl } from "@mantine/core";
import { FileDown, FileUp } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyAsApiCall, Page, useMay, useUrlState } from "../../kit";
import { Files } from "./Files";
import { Items } from "./Items";
import { MakeOrders } from "./MakeOrders";
import { Orders } from "./Orders";
import { TakeFile } from "./TakeFile";

const TABS = ["items", "files", "orders"] as const;

export default function BankPage() {
  const { t } = useTranslation("bank");
  const [tab, setTab] = useUrlState("tab", "items");
  const [asked, setAsked] = useState<"take" | "make" | null>(null);
  const may = useMay("service_accounts");
  return (
    <Page title={t("title")} lead={t("lead")} actions={<>
      {may ? <Button leftSection={<FileUp size={15} aria-hidden />} onClick={() => setAsked("take")}>{t("take")}</Button> : null}
      {may ? <Button variant="default" leftSection={<FileDown size={15} aria-hidden />} onClick={() => setAsked("make")}>{t("make")}</Button> : null}
      <CopyAsApiCall path={`/v1/bank/${tab}`} />
    </>}>
      <div><SegmentedControl aria-label={t("title")} value={tab} onChange={setTab} data={TABS.map((value) => ({ value, label: t(`tabs.${value}`) }))} /></div>
      {tab === "files" ? <Files onTake={may ? () => setAsked("take") : undefined} /> : tab === "orders" ? <Orders onMake={may ? () => setAsked("make") : undefined} /> : <Items />}
      {asked === "take" ? <TakeFile onClose={() => setAsked(null)} /> : null}
      {asked === "make" ? <MakeOrders onClose={() => setAsked(null)} /> : null}
    </Page>
  );
}
