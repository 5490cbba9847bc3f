/** An environment file as parsed YAML. */
interface Tree {
  [key: string]: unknown;
}

/** Gives a setting of an environment file, by its dotted path, a value. */
export function put(tree: Tree, setting: string, value: unknown): void {
  const [key = "", ...rest] = setting.split(".");
  if (rest.length === 0) tree[key] = value;
  // What has settings is a map.
  else put((tree[key] ??= {}) as Tree, rest.join("."), value);
}
