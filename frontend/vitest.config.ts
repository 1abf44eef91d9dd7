// Owns how the page's own tests run. The whole page is tested in a browser, by tests/browser.
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
