// Owns how the page is built and served while it is worked on. What is kept of the result, `build/pack.ts` decides.
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { tellComponents } from "./build/components.ts";

const server = process.env.CCURVE_URL ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react(), tailwindcss(), preloadDrawing(), tellComponents()],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  build: {
    outDir: "dist",
    target: ["chrome111", "edge111", "firefox114", "safari16.4"], // what Tailwind 4 asks for
    assetsInlineLimit: 0, // the Content-Security-Policy knows no inline files
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      output: {
        entryFileNames: "assets/[name]-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
  server: {
    // CCurve answers only pages of its own: while the page is worked on, this server speaks for it.
    proxy: {
      "/api": {
        target: server,
        changeOrigin: true,
        configure: (proxy) => {
          proxy.on("proxyReq", (request) => {
            request.removeHeader("origin");
            request.setHeader("sec-fetch-site", "same-origin");
          });
        },
      },
    },
  },
});

/** Has the browser fetch what `main` imports later together with `main` itself. */
function preloadDrawing(): Plugin {
  return {
    name: "preload-drawing",
    transformIndexHtml: {
      order: "post",
      handler: (_html, { bundle }) =>
        Object.values(bundle ?? {})
          .filter((chunk) => chunk.type === "chunk" && chunk.isDynamicEntry)
          .map(({ fileName }) => ({
            tag: "link",
            attrs: { rel: "modulepreload", crossorigin: true, href: `/${fileName}` },
            injectTo: "head" as const,
          })),
    },
  };
}
