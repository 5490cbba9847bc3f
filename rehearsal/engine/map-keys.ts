const escapable = /^_*__proto__$/;

/** A key that no JavaScript object treats as special: `__proto__` becomes `___proto__`, which becomes `____proto__`, and so on. */
export function escapedKey(key: string): string {
  return escapable.test(key) ? `_${key}` : key;
}

/** The reverse of `escapedKey`. */
export function unescapedKey(key: string): string {
  return escapable.test(key) ? key.slice(1) : key;
}
