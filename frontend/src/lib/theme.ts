// Owns which theme the document wears. Which one is wanted is its user's; what it looks like is style.css'.

export type Theme = "system" | "light" | "dark";

const KEY = "ccurve.theme";
const dark = () => window.matchMedia("(prefers-color-scheme: dark)");

/** Puts the theme on and follows the system where that is wanted; returns how to stop following. */
export function wear(theme: Theme): () => void {
  const system = dark();
  const put = () => {
    const isDark = theme === "dark" || (theme === "system" && system.matches);
    document.documentElement.dataset.theme = isDark ? "dark" : "light";
  };
  put();
  localStorage.setItem(KEY, theme);
  system.addEventListener("change", put);
  return () => system.removeEventListener("change", put);
}

/** What was worn last, so that a page does not flash before the server has told. */
export function lastWorn(): Theme {
  const theme = localStorage.getItem(KEY);
  return theme === "light" || theme === "dark" ? theme : "system";
}
