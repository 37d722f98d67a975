/** What is around a page: the shell for who is signed in, nothing for who is not. */
import { Button } from "@mantine/core";
import { Navigate, Outlet, useLocation, useMatches, useNavigate, useRouter } from "@tanstack/react-router";
import { Compass, Lock } from "lucide-react";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, useGet } from "../api";
import { Empty } from "../kit/Empty";
import { ErrorPanel } from "../kit/ErrorPanel";
import { PageLoading } from "../kit/Loading";
import { ErrorBoundary } from "./ErrorBoundary";
import { SessionProvider, useSession, useStanding } from "./session";
import { Shell } from "./Shell";
import classes from "./Shell.module.css";

export function ShellPage() {
  const standing = useStanding();
  const { href, pathname } = useLocation();
  if (standing.isPending) return <PageLoading />;
  if (standing.isError) return <main className={classes.alone}><ErrorPanel problem={problemOf(standing.error)} onRetry={() => void standing.refetch()} /></main>;
  if (standing.data.state === "signed_out") {
    // On the way to the door already: the address is the door's, and this page is shown until the door is there.
    if (pathname === "/sign-in" || pathname === "/welcome") return <PageLoading />;
    return standing.data.firstStart ? <Navigate to="/welcome" replace /> : <Navigate to="/sign-in" search={{ next: href === "/" ? undefined : href } as never} replace />;
  }
  return (
    <SessionProvider session={standing.data.session}>
      <Furnished />
    </SessionProvider>
  );
}

/** The shell, once it is known what people must know: that stands there from the first moment and pushes nothing down. */
function Furnished() {
  const status = useGet("/v1/status", {}, { retry: false });
  return status.isPending ? <PageLoading /> : <Shell><Content /></Shell>;
}

function Content() {
  const { permissions } = useSession();
  const { pathname } = useLocation();
  const router = useRouter();
  const entry = useMatches().at(-1)?.staticData.entry;
  if (entry?.permission && !permissions.includes(entry.permission)) return <Forbidden permission={entry.permission} />;
  return (
    <ErrorBoundary of={pathname} again={() => router.invalidate()} className={classes.failed}>
      <Suspense fallback={<PageLoading />}>
        <Outlet />
      </Suspense>
    </ErrorBoundary>
  );
}

function Forbidden({ permission }: { permission: string }) {
  const { t } = useTranslation("app");
  return <Empty whole icon={Lock} title={t("forbidden.title")} hint={t("forbidden.hint", { permission: t(`permission.${permission}`) })} />;
}

export function BarePage() {
  const { pathname } = useLocation();
  return (
    <main id="content" className={classes.bare}>
      <ErrorBoundary of={pathname}>
        <Outlet />
      </ErrorBoundary>
    </main>
  );
}

/** What an address that is no page's shows. */
export function NotFound() {
  const { t } = useTranslation("app");
  const navigate = useNavigate();
  return (
    <Empty whole icon={Compass} title={t("not_found.title")} hint={t("not_found.hint")}>
      <Button onClick={() => void navigate({ to: "/" as string })}>{t("not_found.home")}</Button>
    </Empty>
  );
}
