import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compressed } from "./scripts/compressed.mjs";

declare const process: { env: Record<string, string | undefined> };

const API = process.env["TANDEM_API"] ?? "http://127.0.0.1:8321";

// A chunk of its own for what every page needs and seldom changes: an update of a page leaves it in the browser's cache.
const SHARED = [
  { name: "react", test: /node_modules\/(react|react-dom|scheduler)\// },
  { name: "router", test: /node_modules\/@tanstack\/(react-router|router-core|history|store|react-store)\// },
];

export default defineConfig({
  plugins: [react(), compressed()],
  html: { cspNonce: "{{nonce}}" },
  server: {
    proxy: Object.fromEntries(
      ["/v1", "/health", "/metrics", "/openapi.json"].map((path) => [path, { target: API, changeOrigin: true }]),
    ),
  },
  build: {
    outDir: "../src/tandem/faces/console/static",
    emptyOutDir: true,
    assetsDir: "assets",
    assetsInlineLimit: 0,
    manifest: "manifest.json",
    sourcemap: false,
    target: "es2023",
    chunkSizeWarningLimit: 900,
    // Two pages: the firm's console, and the small one of a customer on a telephone.
    rolldownOptions: { input: { index: "index.html", my: "my.html" }, output: { codeSplitting: { groups: SHARED } } },
  },
});
