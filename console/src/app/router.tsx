/** The router made from the table of pages. What is behind `?` in an address is plain text: `?outcome=decline&sort=-time`. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { Problem } from "../api";
import { Root } from "./Root";
import { loaderOf, PAGES, type PageEntry } from "./pages";
import { BarePage, NotFound, ShellPage } from "./PageFrame";
import { PageLoading } from "../kit/Loading";
import { loadWords } from "./words";

type Search = Record<string, string>;

const parseSearch = (text: string): Search => Object.fromEntries(new URLSearchParams(text));

function stringifySearch(search: Record<string, unknown>): string {
  const given = Object.entries(search).flatMap(([name, value]) => (value === undefined || value === "" ? [] : [[name, String(value)]]));
  // Commas, colons and slashes may stand as they are; an address is also read by people.
  const text = new URLSearchParams(given).toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%2F", "/");
  return text ? `?${text}` : "";
}

/** A page's file. Where the server answers but has no such file, it was replaced by a newer one, and the router loads the
 * window anew; where it does not answer, that would leave an empty window. */
async function fetched<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const answers = await fetch("/health/live", { cache: "no-store" }).then(({ ok }) => ok, () => false);
    throw answers ? error : new Problem(0, { code: "unreachable" });
  }
}

export function createConsoleRouter() {
  const root = createRootRoute({ component: Root });
  const shell = createRoute({ getParentRoute: () => root, id: "shell", component: ShellPage });
  const bare = createRoute({ getParentRoute: () => root, id: "bare", component: BarePage });
  const routeOf = (entry: PageEntry, parent: typeof shell | typeof bare) =>
    createRoute({
      getParentRoute: () => parent as typeof shell,
      path: entry.path,
      component: lazyRouteComponent(async () => {
        const load = loaderOf(entry);
        if (!load) throw new Error(`no file for ${entry.path}`);
        return fetched(load);
      }),
      loader: async () => loadWords(entry.words),
      staticData: { entry },
      pendingComponent: PageLoading,
    });
  const shown = PAGES.filter((entry) => !entry.bare).map((entry) => routeOf(entry, shell));
  if (!PAGES.some((entry) => entry.path === "/")) {
    shown.push(createRoute({ getParentRoute: () => shell, path: "/", beforeLoad: () => { throw redirect({ to: "/live" as string }); } }) as never);
  }
  shown.push(createRoute({ getParentRoute: () => shell, path: "$", component: NotFound }) as never);
  return createRouter({
    routeTree: root.addChildren([
      shell.addChildren(shown),
      bare.addChildren(PAGES.filter((entry) => entry.bare).map((entry) => routeOf(entry, bare))),
    ]),
    parseSearch,
    stringifySearch,
    defaultPreload: "intent",
    defaultPendingMs: 150,
    defaultPendingMinMs: 0,
    scrollRestoration: true,
    scrollToTopSelectors: ["#content"],
  });
}

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    entry?: PageEntry;
  }
}
