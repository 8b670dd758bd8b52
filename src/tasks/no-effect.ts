/** The fields of an object that hold something. */
export function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}

/** An object without the fields that equal their default. */
export function without<T extends object>(value: T, defaults: Partial<T>): T {
  const byName = defaults as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(defined(value)).filter(([name, field]) => JSON.stringify(field) !== JSON.stringify(byName[name])),
  ) as T;
}
