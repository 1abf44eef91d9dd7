// Owns the start of the page: the stream is opened first, since everything waits for it. What draws it is a file of its
// own, fifty times as large, which the browser reads meanwhile.
import "@/style.css";
import { lastWorn, wear } from "@/lib/theme.ts";
import { startStore } from "@/state/store.ts";

wear(lastWorn())();
const store = startStore();
const { draw } = await import("@/app/draw.tsx");
await draw(store);
