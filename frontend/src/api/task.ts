// Owns the switch's endpoint, and that of a poll out of turn.
import { ask } from "@/api/http.ts";
import { RefreshSchema, TaskSchema } from "@/api/schemas.ts";

export const putTask = (enabled: boolean) => ask(TaskSchema, "PUT", "/api/task", { enabled });
export const refresh = () => ask(RefreshSchema, "POST", "/api/refresh");
