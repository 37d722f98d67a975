/** What was proposed of accounts and waits for a second person: what it comes to now, why, and who asked for it. */
import { SegmentedControl } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Handshake } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "@mantine/core";
import { api, type Shape } from "../../api";
import { Block, CopyAsApiCall, Empty, ErrorPanel, Instant, Loading, number, Page, Pairs, useMay, useSession, useUrlState } from "../../kit";
import { EffectTable, StateOfAct, useActWords } from "./acts";
import classes from "./proposals.module.css";
import { Settling } from "./Settling";

type Proposal = Shape<"ProposalShown">;

const PAGE = 50;

export default function ProposalsPage() {
  const { t } = useTranslation("proposals");
  const [state, setState] = useUrlState("state", "open");
  const found = useInfiniteQuery({
    queryKey: ["/v1/proposals", state],
    queryFn: async ({ pageParam }) => {
      const { data } = await api.GET("/v1/proposals", { params: { query: { state: state as "open" | "all", limit: PAGE, after: pageParam } } });
      return data as Shape<"ProposalPage">;
    },
    initialPageParam: 0,
    getNextPageParam: (page) => page.next_after,
  });
  const rows = found.data?.pages.flatMap((page) => page.proposals);
  const path = state === "open" ? "/v1/proposals" : "/v1/proposals?state=all";
  return (
    <Page title={t("title")} lead={t("lead")} actions={<><SegmentedControl size="xs" aria-label={t("which")} data={["open", "all"].map((value) => ({ value, label: t(`filter.${value}`) }))} value={state} onChange={setState} /><CopyAsApiCall path={path} /></>}>
      {found.error ? <ErrorPanel problem={found.error} onRetry={() => void found.refetch()} /> : null}
      {!found.error && !rows ? <Loading lines={8} /> : null}
      {rows?.length === 0 ? <Block><Empty icon={Handshake} title={t(`empty.${state === "open" ? "open" : "all"}`)} hint={t("empty_hint")} /></Block> : null}
      <div className={classes.stack}>
        {rows?.map((one) => <OneProposal key={one.proposal.proposal_id} of={one} />)}
        {found.hasNextPage ? <Button variant="default" loading={found.isFetching} onClick={() => void found.fetchNextPage()}>{t("more")}</Button> : null}
      </div>
    </Page>
  );
}

function OneProposal({ of: one }: { of: Proposal }) {
  const { t } = useTranslation("proposals");
  const { t: words } = useTranslation("accounts");
  const sentence = useActWords(one.account.currency);
  const { mode, person } = useSession();
  const may = useMay("service_accounts");
  const { proposal, account } = one;
  const mine = mode === "people" && person.name === proposal.by;
  return (
    <Block title={sentence(proposal.act)} note={<><StateOfAct state={proposal.state} /> {mine && may && proposal.state === "open" ? t("yours") : null}</>} actions={<Settling of={one} />}>
      <div className={classes.two}>
        <Pairs of={[
          [t("account"), <Link key="a" to={"/accounts/$id" as string} params={{ id: account.account_id } as never}>{words("account", { number: number(account.number) })}</Link>],
          [words("product"), <span key="p" className="mono">{account.product}</span>],
          [t("by"), <span key="b">{proposal.by}</span>],
          [t("at"), <Instant key="t" at={proposal.at} />],
          [t("reason"), proposal.reason ? t(`reasons.${proposal.reason}`) : null],
          [t("note"), proposal.note ? <span key="n" className={classes.note}>{proposal.note}</span> : null],
          [t(`settled_by.${proposal.state === "open" ? "agreed" : proposal.state}`), proposal.settled_by],
          [t("settled_at"), proposal.settled_at ? <Instant key="s" at={proposal.settled_at} /> : null],
          [t("settled_note"), proposal.settled_note ? <span key="m" className={classes.note}>{proposal.settled_note}</span> : null],
        ]} />
        <div>
          {one.effect ? <EffectTable effect={one.effect} currency={account.currency} /> : null}
          {one.fails ? <div role="status"><strong>{t("fails")}</strong><p>{one.fails.detail}{one.fails.hint ? ` (${one.fails.hint})` : ""}</p></div> : null}
        </div>
      </div>
    </Block>
  );
}
