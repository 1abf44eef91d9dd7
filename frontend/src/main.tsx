// Owns the start of the page: the stream is opened first, since everything waits for it, then the page is drawn.
import "@/style.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "@/app/App.tsx";
import { startWords } from "@/lib/i18n.ts";
import { languageOf, rememberedLocale } from "@/lib/language.ts";
import { lastWorn, wear } from "@/lib/theme.ts";
import { makeActions } from "@/state/actions.ts";
import { StateProvider } from "@/state/provider.tsx";
import { startStore } from "@/state/store.ts";

const store = startStore();
const language = languageOf(rememberedLocale());
document.documentElement.lang = language;
wear(lastWorn())();
await startWords(language);

const root = document.getElementById("root");
if (!root) throw new Error("The page has no root.");
createRoot(root).render(
  <StrictMode>
    <StateProvider store={store} actions={makeActions(store)}>
      <App />
    </StateProvider>
  </StrictMode>,
);
