/** Whether a text is what a pattern of IAM stands for; without a regular expression, since wildcards in a row backtrack. */
export function matches(pattern: string, text: string): boolean {
  let [at, seen, star, mark] = [0, 0, -1, 0];
  while (seen < text.length) {
    const expected = pattern[at];
    if (expected === "*") [star, mark, at] = [at, seen, at + 1];
    else if (expected === "?" || expected === text[seen]) [at, seen] = [at + 1, seen + 1];
    else if (star >= 0) [at, mark, seen] = [star + 1, mark + 1, mark + 1];
    else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}

/** Whether two patterns of ARNs stand for some ARN in common; a wildcard stays within its part. */
export function overlap(one: string, other: string): boolean {
  const [parts, others] = [partsOf(one), partsOf(other)];
  return parts.length === others.length && parts.every((part, at) => textOverlap(part, others[at] ?? ""));
}

/** Partition, service, region, account and resource, which may contain colons itself. */
function partsOf(arn: string): readonly string[] {
  return /^arn:([^:]*):([^:]*):([^:]*):([^:]*):(.*)$/.exec(arn)?.slice(1) ?? [arn];
}

function textOverlap(one: string, other: string): boolean {
  const [fixed, otherFixed] = [literalStart(one), literalStart(other)];
  if (!fixed.startsWith(otherFixed) && !otherFixed.startsWith(fixed)) return false;
  const known = new Map<string, boolean>();
  const from = (i: number, j: number): boolean => {
    const key = `${i} ${j}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = step(i, j);
    known.set(key, found);
    return found;
  };
  const step = (i: number, j: number): boolean => {
    if (i === one.length && j === other.length) return true;
    if (one[i] === "*") return from(i + 1, j) || (j < other.length && from(i, j + 1));
    if (other[j] === "*") return from(i, j + 1) || (i < one.length && from(i + 1, j));
    return i < one.length && one[i] === other[j] && from(i + 1, j + 1);
  };
  return from(0, 0);
}

const literalStart = (pattern: string) => pattern.split("*", 1)[0] ?? "";
