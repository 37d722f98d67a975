/** The frame of every page: navigation by job, the top bar, what people must know, and the content. */
import { ActionIcon, Badge, Burger, Button, Drawer, Menu, Tooltip, useMantineColorScheme } from "@mantine/core";
import { useDisclosure, useLocalStorage } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useLocation, useNavigate } from "@tanstack/react-router";
import { CircleUser, Info, Keyboard, Languages, LogOut, Monitor, Moon, PanelLeftClose, PanelLeftOpen, Search, Sun, X } from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useGet } from "../api";
import { KeyMap, openKeyMap } from "./KeyMap";
import { useKeys } from "./keys";
import { useLiveChanges, useLiveState } from "./live";
import { navigation, PAGES } from "./pages";
import { openPalette, Palette } from "./Palette";
import { useSession, useSessionChanged } from "./session";
import { changeLanguage, inWords, language } from "./words";
import classes from "./Shell.module.css";

export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation("app");
  const [drawer, { toggle, close }] = useDisclosure(false);
  const [narrow, setNarrow] = useLocalStorage({ key: "tandem.navigation", defaultValue: false, getInitialValueInEffect: false });
  const content = useRef<HTMLElement>(null);
  useShellKeys();
  useChangesSpread();
  useTitle();
  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip} onClick={(event) => { event.preventDefault(); content.current?.focus(); }}>{t("skip")}</a>
      <aside className={classes.side} data-narrow={narrow || undefined} data-no-print>
        <Brand narrow={narrow} />
        <Navigation narrow={narrow} />
        <div className={classes.fold}>
          <Tooltip label={t(narrow ? "unfold" : "fold")} position="right">
            <ActionIcon aria-label={t(narrow ? "unfold" : "fold")} onClick={() => setNarrow(!narrow)}>
              {narrow ? <PanelLeftOpen size={18} /> : <PanelLeftClose size={18} />}
            </ActionIcon>
          </Tooltip>
        </div>
      </aside>
      <Drawer opened={drawer} onClose={close} title={t("navigation")} size="17rem" closeButtonProps={{ "aria-label": t("close") }} hiddenFrom="md">
        <Navigation narrow={false} onGo={close} />
      </Drawer>
      <div className={classes.body}>
        <TopBar menu={<Burger opened={drawer} onClick={toggle} hiddenFrom="md" size="sm" aria-label={t("navigation")} />} />
        <Notices />
        <main id="content" ref={content} tabIndex={-1} className={classes.content}>{children}</main>
      </div>
      <Palette />
      <KeyMap />
    </div>
  );
}

function Brand({ narrow }: { narrow: boolean }) {
  const { t } = useTranslation("app");
  return (
    <Link to="/" className={classes.brand} aria-label={t("home")}>
      <img src="/mark.svg" alt="" width={26} height={26} />
      {narrow ? null : <span>{t("product")}</span>}
    </Link>
  );
}

function Navigation({ narrow, onGo }: { narrow: boolean; onGo?: () => void }) {
  const { t } = useTranslation("app");
  const { permissions } = useSession();
  return (
    <nav className={classes.groups} aria-label={t("navigation")}>
      {navigation(permissions).map(({ group, pages }) => (
        <div key={group} className={classes.group}>
          {narrow ? null : <p className={classes.groupName}>{t(`group.${group}`)}</p>}
          <ul>
            {pages.map(({ path, icon: Icon, words }) => (
              <li key={path}>
                <Tooltip label={t(`nav.${words}`)} position="right" disabled={!narrow}>
                  <Link to={path} className={classes.link} activeOptions={{ exact: path === "/" }} aria-label={narrow ? t(`nav.${words}`) : undefined} onClick={onGo}>
                    {Icon ? <Icon size={17} strokeWidth={1.9} aria-hidden /> : null}
                    {narrow ? null : t(`nav.${words}`)}
                  </Link>
                </Tooltip>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function TopBar({ menu }: { menu: ReactNode }) {
  const { t } = useTranslation("app");
  const { workspace } = useSession();
  return (
    <header className={classes.top} data-no-print>
      {menu}
      <div className={classes.workspace}>
        <span title={workspace.description || undefined}>{workspace.name}</span>
        {workspace.kind === "sandbox" ? <Badge variant="light" color="gray" radius="sm">{t("sandbox")}</Badge> : null}
      </div>
      <button type="button" className={classes.search} onClick={openPalette} aria-label={`${t("search")} ${t("search_keys")}`}>
        <Search size={16} aria-hidden />
        <span>{t("search")}</span>
        <kbd className={classes.kbd}>{t("search_keys")}</kbd>
      </button>
      <LiveMark />
      <Tooltip label={t("keys.title")}>
        <ActionIcon className={classes.wide} aria-label={t("keys.title")} onClick={openKeyMap}><Keyboard size={18} /></ActionIcon>
      </Tooltip>
      <LanguageSwitch />
      <ThemeSwitch />
      <PersonMenu />
    </header>
  );
}

function LiveMark() {
  const { t } = useTranslation("app");
  const state = useLiveState();
  return <span role="status" className={`${classes.state} ${classes.wide}`} data-state={state}>{t(`live.${state}`)}</span>;
}

function LanguageSwitch() {
  const { t } = useTranslation("app");
  const other = language() === "en" ? "zh-CN" : "en";
  return (
    <Button variant="subtle" color="gray" px="xs" leftSection={<Languages size={17} aria-hidden />} lang={other} onClick={() => void changeLanguage(other)}>
      {t("other_language")}
    </Button>
  );
}

const SCHEMES = [["auto", Monitor], ["light", Sun], ["dark", Moon]] as const;

function ThemeSwitch() {
  const { t } = useTranslation("app");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = SCHEMES.find(([name]) => name === colorScheme)?.[1] ?? Monitor;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t("theme.title")}><Icon size={18} /></ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {SCHEMES.map(([name, Mark]) => (
          <Menu.Item key={name} leftSection={<Mark size={16} />} aria-current={name === colorScheme} onClick={() => setColorScheme(name)}>{t(`theme.${name}`)}</Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function PersonMenu() {
  const { t } = useTranslation("app");
  const { mode, person } = useSession();
  const changed = useSessionChanged();
  const leave = async (): Promise<void> => {
    await fetch("/v1/session", { method: "DELETE", headers: csrfHeaders(sessionCsrf) });
    await changed();
  };
  const { csrf: sessionCsrf } = useSession();
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon aria-label={t("person.title")}><CircleUser size={19} /></ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{mode === "open" ? t("person.open") : person.display_name}</Menu.Label>
        {mode === "open" ? null : <Menu.Label>{person.roles.map((role) => t(`role.${role}`)).join(" · ")}</Menu.Label>}
        <Menu.Item leftSection={<Keyboard size={16} />} onClick={openKeyMap}>{t("keys.title")}</Menu.Item>
        {mode === "people" ? <Menu.Item leftSection={<LogOut size={16} />} onClick={() => void leave()}>{t("person.leave")}</Menu.Item> : null}
      </Menu.Dropdown>
    </Menu>
  );
}

const csrfHeaders = (csrf: string | undefined): Record<string, string> => (csrf ? { "X-Tandem-CSRF": csrf } : {});

/** What people must know of this workspace, such as what in it is simulated. Put away, it stays one click away. */
function Notices() {
  const { t } = useTranslation("app");
  const { data: status } = useGet("/v1/status", {}, { refetchInterval: 30_000 });
  const text = (status?.notices ?? []).map((one) => inWords(one)).join(" ");
  const [read, setRead] = useLocalStorage({ key: "tandem.notice", defaultValue: "", getInitialValueInEffect: false });
  if (!status) return null;
  const mark = `${status.workspace}: ${(status.notices ?? []).map((one) => one["en"]).join(" ")}`;
  return (
    <>
      {status.release ? null : <div className={classes.notice} role="status"><Info size={16} aria-hidden /><p>{t("no_release")}</p></div>}
      {!text || read === mark ? null : (
        <aside className={classes.notice} aria-label={t("about")} data-notice>
          <Info size={16} aria-hidden />
          <p>{text}</p>
          <ActionIcon size="sm" aria-label={t("notice_read")} onClick={() => setRead(mark)}><X size={16} /></ActionIcon>
        </aside>
      )}
    </>
  );
}

function useShellKeys(): void {
  const { t } = useTranslation("app");
  const { permissions } = useSession();
  const navigate = useNavigate();
  const places = navigation(permissions).flatMap(({ pages }) => pages).filter((page) => page.go);
  useKeys(t("keys.everywhere"), [
    { keys: "mod+k", words: t("search"), act: openPalette },
    { keys: "?", words: t("keys.title"), act: openKeyMap },
    ...places.map((page) => ({ keys: `g ${page.go}`, words: t("keys.go", { page: t(`nav.${page.words}`) }), act: () => void navigate({ to: page.path }) })),
  ]);
}

/** Pages show what is true: a change made elsewhere makes what was asked before stale. */
const TOUCHES: Record<string, string[]> = {
  release: ["/v1/releases", "/v1/reviews", "/v1/artefacts", "/v1/status", "/v1/studio", "/v1/models", "/v1/lists", "/v1/inventory"],
  list: ["/v1/lists"],
  case: ["/v1/cases"],
  artefact: ["/v1/artefacts", "/v1/reviews", "/v1/studio", "/v1/models"],
  person: ["/v1/people", "/v1/session", "/v1/keys"],
};

/** Cases change by the dozen: one look for those of so many milliseconds. */
const CASES_REST_MS = 1500;

function useChangesSpread(): void {
  const client = useQueryClient();
  const timer = useRef(0);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const spread = (kind: string): void => {
    const stale = TOUCHES[kind] ?? [];
    void client.invalidateQueries({ predicate: ({ queryKey: [path] }) => typeof path === "string" && stale.some((start) => path.startsWith(start)) });
  };
  useLiveChanges(({ kind }) => {
    if (kind !== "case") spread(kind);
    else timer.current ||= window.setTimeout(() => { timer.current = 0; spread(kind); }, CASES_REST_MS);
  });
}

function useTitle(): void {
  const { t } = useTranslation("app");
  const { workspace } = useSession();
  const { pathname } = useLocation();
  useEffect(() => {
    const page = PAGES.find(({ path }) => path === pathname) ?? PAGES.find(({ path }) => path !== "/" && pathname.startsWith(path.split("/$")[0] ?? path));
    document.title = [page ? t(`nav.${page.words}`) : "", workspace.name, t("product")].filter(Boolean).join(" · ");
  }, [pathname, workspace.name, t]);
}

