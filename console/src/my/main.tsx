/** The customer's own pages: a small application of its own, for a telephone, that asks nothing but `/v1/my`. */
import "@mantine/core/styles/baseline.css";
import "@mantine/core/styles/default-css-variables.css";
import "@mantine/core/styles/global.css";
import "@mantine/core/styles/UnstyledButton.css";
import "@mantine/core/styles/Button.css";
import "@mantine/core/styles/Input.css";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/Loader.css";
import "@mantine/core/styles/Switch.css";
import "../app/base.css";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Problem } from "../api";
import { cspNonce } from "../app/nonce";
import { cssVariables, theme } from "../app/theme";
import { My } from "./My";
import { startWords } from "./words";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (count, error) => count < 2 && error instanceof Problem && error.passing && error.status !== 429,
      refetchOnWindowFocus: false,
    },
    mutations: { retry: false },
  },
});

await startWords();
createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" getStyleNonce={cspNonce}>
      <QueryClientProvider client={queries}>
        <My />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
