/** The same keys, each value passed through a function. */
export function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From, key: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}

/** The member under a key that comes from outside: there is no `constructor` unless the record has one of its own. */
export function memberOf<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** A record to fill under keys that come from outside: without a prototype, `__proto__` is a key like any other. */
export function emptyRecord<Value>(): Record<string, Value> {
  // Object.create is declared to return any.
  return Object.create(null) as Record<string, Value>;
}
