import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "@mantine/dates/styles.css";
import "./app/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { cspNonce } from "./app/nonce";
import { startWords } from "./app/words";

// Libraries that make a style sheet of their own ask for the nonce under this name.
Object.assign(window, { __webpack_nonce__: cspNonce() });

// The one-time link of the first start: what stands behind # is never sent to a server, so it stays there.
const link = /^#\/([a-z-]+)\?(.*)$/.exec(window.location.hash);
if (link) window.history.replaceState(null, "", `/${link[1]}#${link[2]}`);

await startWords();
createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
