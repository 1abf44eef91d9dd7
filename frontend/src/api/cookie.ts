// Owns the cookie's endpoints. The text goes out and is kept nowhere.
import { ask } from "@/api/http.ts";
import { CookieSchema } from "@/api/schemas.ts";

export const saveCookie = (text: string) => ask(CookieSchema, "PUT", "/api/cookie", { cookie: text });
export const deleteCookie = () => ask(CookieSchema, "DELETE", "/api/cookie");
export const checkCookie = () => ask(CookieSchema, "POST", "/api/cookie/check");
