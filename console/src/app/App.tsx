import { DatesProvider } from "@mantine/dates";
import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Problem, whenSignedOut } from "../api";
import { listenToKeys } from "./keys";
import { cspNonce } from "./nonce";
import { createConsoleRouter } from "./router";
import { SESSION_KEY } from "./session";
import { cssVariables, theme } from "./theme";

const RETRIES = 2;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // What the server answered stays answered; only a server that was not reached or not able is asked again.
      retry: (count, error) => count < RETRIES && error instanceof Problem && error.passing && error.status !== 429,
      refetchOnWindowFocus: false,
      throwOnError: false,
    },
    mutations: { retry: false },
  },
});

whenSignedOut(() => void queries.invalidateQueries({ queryKey: SESSION_KEY }));

const router = createConsoleRouter();
const schemes = localStorageColorSchemeManager({ key: "tandem.theme" });

export function App() {
  const { i18n, t } = useTranslation("kit");
  useEffect(listenToKeys, []);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} colorSchemeManager={schemes} defaultColorScheme="auto" getStyleNonce={cspNonce}>
      <QueryClientProvider client={queries}>
        <DatesProvider settings={{ locale: i18n.language === "zh-CN" ? "zh-cn" : "en", firstDayOfWeek: 1 }}>
          <ModalsProvider modalProps={{ closeButtonProps: { "aria-label": t("close") } }}>
            <Notifications position="bottom-right" limit={4} />
            <Suspense fallback={null}>
              <RouterProvider router={router} />
            </Suspense>
          </ModalsProvider>
        </DatesProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
