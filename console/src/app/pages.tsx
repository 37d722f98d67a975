/**
 * The table of pages. One entry is a place in the navigation, the command palette, the key map and the router.
 *
 * To add a page: write `src/pages/<name>/<Name>Page.tsx` (default export), its words in both languages, and an entry
 * here; the name in the navigation is `nav.<words>` in `src/words/<language>/app.json`. An entry whose file is not
 * there yet does not show.
 */
import {
  Activity, BellRing, BookOpenCheck, Boxes, Briefcase, ChartNoAxesColumn, Code2, FileClock, FileText, FlaskConical, GaugeCircle, GraduationCap, Handshake, HeartPulse, History, Landmark, ListChecks, Megaphone, NotebookText, Orbit, Package, PhoneCall, PiggyBank, Rocket, Scale, Settings, Share2, Sigma, SlidersHorizontal,
  Swords, UserSearch, Wallet, Workflow,
  type LucideIcon,
} from "lucide-react";
import type { ComponentType } from "react";
import type { Permission } from "./session";

/** Jobs, in the order of the navigation. The later wings have their places here already; an empty group does not show. */
export const GROUPS = [
  "home", "decide", "policies", "products", "models", "fraud", "cases", "customers", "books", "metrics", "collections", "supply_chain",
  "advice", "service", "governance", "partners", "platform",
] as const;
export type Group = (typeof GROUPS)[number];

export interface PageEntry {
  path: string; // as the router reads it: "/decisions/$id"
  file: string; // below src/pages, without .tsx
  words: string; // namespace of the page's words
  group?: Group; // where in the navigation; without: reached from another page
  icon?: LucideIcon;
  go?: string; // letter after g
  permission?: Permission; // what one must be allowed to do to see it
  bare?: boolean; // without the shell, and for those who are not signed in
}

const TABLE: PageEntry[] = [
  { path: "/", file: "overview/OverviewPage", words: "overview", group: "home", icon: GaugeCircle, go: "o", permission: "read" },
  { path: "/live", file: "live/LivePage", words: "live", group: "decide", icon: Activity, go: "l", permission: "read" },
  { path: "/decisions", file: "decisions/DecisionsPage", words: "decisions", group: "decide", icon: FileClock, go: "d", permission: "read" },
  { path: "/decisions/$id", file: "decisions/DecisionPage", words: "decision", permission: "read" },
  { path: "/studio", file: "studio/StudioPage", words: "studio", group: "policies", icon: Workflow, go: "s", permission: "read" },
  { path: "/studio/$policy", file: "studio/PolicyPage", words: "studio", permission: "read" },
  { path: "/backtests", file: "backtest/BacktestsPage", words: "backtest", group: "policies", icon: History, go: "k", permission: "read" },
  { path: "/backtests/$id", file: "backtest/BacktestPage", words: "backtest", permission: "read" },
  { path: "/lists", file: "lists/ListsPage", words: "lists", group: "policies", icon: ListChecks, go: "i", permission: "read" },
  { path: "/lists/$name", file: "lists/ListPage", words: "lists", permission: "read" },
  { path: "/releases", file: "releases/ReleasesPage", words: "releases", group: "policies", icon: Rocket, go: "r", permission: "read" },
  { path: "/releases/$digest", file: "releases/ReleasePage", words: "releases", permission: "read" },
  { path: "/products", file: "products/ProductsPage", words: "products", group: "products", icon: Package, permission: "read" },
  { path: "/products/new", file: "products/NewProductPage", words: "launching", permission: "draft" },
  { path: "/assessments/$id", file: "products/AssessmentPage", words: "launching", permission: "read" },
  { path: "/products/$name", file: "products/ProductPage", words: "products", permission: "read" },
  { path: "/limits", file: "limits/LimitsPage", words: "limits", group: "products", icon: SlidersHorizontal, permission: "read" },
  { path: "/limits/$id", file: "limits/LimitReviewPage", words: "limits", permission: "read" },
  { path: "/offers", file: "offers/OffersPage", words: "offers", group: "products", icon: Megaphone, permission: "read" },
  { path: "/models", file: "models/ModelsPage", words: "models", group: "models", icon: Boxes, go: "m", permission: "read" },
  { path: "/models/$name", file: "models/ModelPage", words: "models", permission: "read" },
  { path: "/monitoring", file: "monitoring/MonitoringPage", words: "monitoring", group: "models", icon: HeartPulse, permission: "read" },
  { path: "/monitoring/$model", file: "monitoring/ModelWatchPage", words: "monitoring", permission: "read" },
  { path: "/experiments", file: "experiments/ExperimentsPage", words: "experiments", group: "models", icon: FlaskConical, go: "e", permission: "read" },
  { path: "/experiments/$name", file: "experiments/ExperimentPage", words: "experiments", permission: "read" },
  { path: "/training", file: "training/TrainingsPage", words: "training", group: "models", icon: GraduationCap, go: "w", permission: "read" },
  { path: "/training/new", file: "training/TrainPage", words: "training", permission: "read" },
  { path: "/training/$id", file: "training/TrainingPage", words: "training", permission: "read" },
  { path: "/log-book", file: "log-book/LogBookPage", words: "log-book", group: "models", icon: NotebookText, permission: "read" },
  { path: "/features", file: "features/FeaturesPage", words: "features", group: "models", icon: Sigma, go: "f", permission: "read" },
  { path: "/features/$name", file: "features/FeaturePage", words: "features", permission: "read" },
  { path: "/graph", file: "graph/GraphPage", words: "graph", group: "fraud", icon: Share2, go: "n", permission: "read" },
  { path: "/rings", file: "rings/RingsPage", words: "rings", group: "fraud", icon: Orbit, go: "b", permission: "read" },
  { path: "/rings/$id", file: "rings/RingPage", words: "rings", permission: "read" },
  { path: "/attacks", file: "attacks/AttacksPage", words: "attacks", group: "fraud", icon: Swords, go: "a", permission: "read" },
  { path: "/attacks/$id", file: "attacks/AttackPage", words: "attacks", permission: "read" },
  { path: "/cases", file: "cases/CasesPage", words: "cases", group: "cases", icon: Briefcase, go: "c", permission: "read" },
  { path: "/cases/$id", file: "cases/CasePage", words: "cases", permission: "read_personal" },
  { path: "/portrait", file: "portrait/FindPage", words: "portrait", group: "customers", icon: UserSearch, go: "p", permission: "read_personal" },
  { path: "/portrait/$kind/$key", file: "portrait/PortraitPage", words: "portrait", permission: "read_personal" },
  { path: "/accounts", file: "accounts/AccountsPage", words: "accounts", group: "customers", icon: Wallet, permission: "read" },
  { path: "/accounts/$id", file: "accounts/AccountPage", words: "accounts", permission: "read" },
  { path: "/proposals", file: "proposals/ProposalsPage", words: "proposals", group: "customers", icon: Handshake, permission: "read" },
  { path: "/collections", file: "collections/CollectionsPage", words: "collections", group: "collections", icon: PhoneCall, permission: "collect" },
  { path: "/collections/report", file: "collections/ReportPage", words: "collections-report", group: "collections", icon: ChartNoAxesColumn, permission: "read" },
  { path: "/collections/conduct", file: "collections/ConductPage", words: "collections-conduct", group: "collections", icon: Scale, permission: "read" },
  { path: "/collections/$id", file: "collections/CustomerPage", words: "collections", permission: "collect" },
  { path: "/warnings", file: "warnings/WarningsPage", words: "warnings", group: "customers", icon: BellRing, permission: "read" },
  { path: "/warnings/$id", file: "warnings/WarningPage", words: "warnings", permission: "read_personal" },
  { path: "/bank", file: "bank/BankPage", words: "bank", group: "books", icon: Landmark, permission: "read" },
  { path: "/bank/orders/$id", file: "bank/OrdersPage", words: "bank", permission: "read" },
  { path: "/provisions", file: "provisions/ProvisionsPage", words: "provisions", group: "books", icon: PiggyBank, permission: "read" },
  { path: "/metric-centre", file: "metrics/MetricsPage", words: "metrics", group: "metrics", icon: BookOpenCheck, permission: "read" },
  { path: "/effect-report", file: "effect-report/EffectReportPage", words: "effect-report", group: "metrics", icon: FileText, permission: "read" },
  { path: "/developers", file: "developers/DevelopersPage", words: "developers", group: "platform", icon: Code2, go: "v", permission: "read" },
  { path: "/developers/webhooks/$id", file: "developers/WebhookPage", words: "developers", permission: "manage" },
  { path: "/settings", file: "settings/SettingsPage", words: "settings", group: "platform", icon: Settings, go: "t", permission: "read" },
  { path: "/settings/event-types/$name", file: "event-types/EventTypePage", words: "event-types", permission: "read" },
  { path: "/settings/event-types/$name/change", file: "event-types/EventTypeEditPage", words: "event-types", permission: "draft" },
  { path: "/settings/new-event-type", file: "event-types/EventTypeEditPage", words: "event-types", permission: "draft" },
  { path: "/sign-in", file: "sign-in/SignInPage", words: "sign-in", bare: true },
  { path: "/welcome", file: "sign-in/WelcomePage", words: "sign-in", bare: true },
];

const files = import.meta.glob<{ default: ComponentType }>("../pages/**/*Page.tsx");

/** The component of a page, loaded when first shown. */
export const loaderOf = (entry: PageEntry) => files[`../pages/${entry.file}.tsx`];

export const PAGES: readonly PageEntry[] = TABLE.filter((entry) => loaderOf(entry) !== undefined);

/** The pages in the navigation by group, as far as the person may see them. */
export function navigation(permissions: readonly Permission[]): { group: Group; pages: PageEntry[] }[] {
  return GROUPS.map((group) => ({
    group,
    pages: PAGES.filter((page) => page.group === group && (!page.permission || permissions.includes(page.permission))),
  })).filter(({ pages }) => pages.length > 0);
}
