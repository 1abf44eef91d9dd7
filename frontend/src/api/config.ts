// Owns the configuration's endpoint.
import { ask } from "@/api/http.ts";
import { type Config, ConfigSchema } from "@/api/schemas.ts";

export const patchConfig = (patch: Partial<Config>) => ask(ConfigSchema, "PATCH", "/api/config", patch);
