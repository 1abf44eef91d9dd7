// Owns the drawing of the page. The store is running by then: `main` starts it while this file is still on its way.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "@/app/App.tsx";
import { startWords } from "@/lib/i18n.ts";
import { languageOf, rememberedLocale } from "@/lib/language.ts";
import { makeActions } from "@/state/actions.ts";
import { StateProvider } from "@/state/provider.tsx";
import type { Store } from "@/state/store.ts";

export async function draw(store: Store): Promise<void> {
  const language = languageOf(store.get().config?.locale ?? rememberedLocale());
  document.documentElement.lang = language;
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
}
