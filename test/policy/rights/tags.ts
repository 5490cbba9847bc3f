/** Tags of a request in any form that AWS has: lists of keys and values, and maps. */
export function tagsIn(params: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (value: unknown, name: string): void => {
    if (Array.isArray(value)) for (const entry of value) visit(entry, name);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    const members: Readonly<Record<string, unknown>> = { ...value };
    const key = members["Key"] ?? members["key"] ?? members["TagKey"];
    const tag = members["Value"] ?? members["value"] ?? members["TagValue"];
    if (typeof key === "string" && typeof tag === "string") found.set(key, tag);
    for (const [inner, content] of Object.entries(members)) {
      if (/tags/i.test(name) && typeof content === "string" && key === undefined) found.set(inner, content);
      else visit(content, inner);
    }
  };
  visit(params, "");
  return found;
}
