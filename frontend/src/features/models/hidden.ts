// Owns which models are hidden after a click or a double click. Keeping that is the configuration's.

export function toggled(hidden: readonly string[], model: string): string[] {
  return hidden.includes(model) ? hidden.filter((other) => other !== model) : [...hidden, model];
}

export function isAlone(hidden: readonly string[], model: string, models: readonly string[]): boolean {
  return models.length > 1 && models.every((other) => hidden.includes(other) === (other !== model));
}

/** Returns what is hidden when `model` is to be seen alone, or all again where it was alone already. */
export function soloed(hidden: readonly string[], model: string, models: readonly string[]): string[] {
  if (isAlone(hidden, model, models)) return [];
  const elsewhere = hidden.filter((other) => !models.includes(other));
  return [...elsewhere, ...models.filter((other) => other !== model)];
}
