// Owns the first visit as a whole: the welcome, with how a cookie is got and the form that takes it.
import { useEffect } from "react";
import { CookieForm } from "@/features/cookie/CookieForm.tsx";
import { CookieGuide } from "@/features/cookie/CookieGuide.tsx";
import { Welcome } from "@/features/welcome/Welcome.tsx";

export function FirstVisit() {
  useEffect(() => handFocusOn, []);
  return (
    <Welcome
      guide={<CookieGuide />}
      form={<CookieForm inputTestId="welcome-cookie-input" saveTestId="welcome-cookie-save" />}
    />
  );
}

/** It goes with the switch that was just turned on: the keyboard goes on with what takes its place. */
function handFocusOn(): void {
  if (document.activeElement === document.body) document.querySelector("main")?.focus({ preventScroll: true });
}
