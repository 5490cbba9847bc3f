import { jsonOrUndefined } from "../run/json";

type Block = Readonly<Record<string, unknown>>;

/**
 * Whether what a resource's argument says is what the state has: false only where both are known, and differ. Terraform
 * evaluates expressions, providers normalise numbers and JSON, and a block has attributes that only AWS knows.
 */
export function mayBeSame(given: unknown, stored: unknown): boolean {
  if (isExpression(given)) return true;
  if (isEmpty(given)) return true;
  if (isDynamic(stored)) return mayBeSame(given, stored["value"]);
  if (stored === undefined || stored === null) return false;
  if (Array.isArray(given)) return sameList(given, listOf(stored));
  if (isBlock(given)) return Array.isArray(stored) ? sameList([given], stored) : sameBlock(given, stored);
  return sameScalar(given, stored);
}

function isExpression(given: unknown): boolean {
  return typeof given === "string" && /[$%]\{/.test(given);
}

/** Providers take the zero value of a type for one that was not given. */
function isEmpty(given: unknown): boolean {
  if (typeof given === "object" && given !== null) return Object.keys(given).length === 0;
  return given === null || given === undefined || given === "" || given === false || given === 0;
}

/** How a state has a value whose type the provider leaves open, e.g. `triggers_replace` of `terraform_data`. */
function isDynamic(stored: unknown): stored is Block {
  return isBlock(stored) && Object.keys(stored).toSorted().join() === "type,value";
}

/** Lists may be sets, whose order means nothing. */
function sameList(given: readonly unknown[], stored: readonly unknown[]): boolean {
  // An expression can be several items, or the same as another item of a set.
  if (given.some(isExpression)) return true;
  if (given.length !== stored.length) return false;
  const left = [...stored];
  return given.every((item) => {
    const found = left.findIndex((candidate) => mayBeSame(item, candidate));
    if (found >= 0) left.splice(found, 1);
    return found >= 0;
  });
}

function sameBlock(given: Block, stored: unknown): boolean {
  return isBlock(stored) && Object.entries(given).every(([name, value]) => mayBeSame(value, stored[name]));
}

function sameScalar(given: unknown, stored: unknown): boolean {
  const [one, other] = [textOf(given), textOf(stored)];
  if (other === undefined || one === undefined) return false;
  if (one === other || (one !== "" && Number(one) === Number(other))) return true;
  const [first, second] = [jsonOrUndefined(one), jsonOrUndefined(other)];
  return typeof first === "object" && typeof second === "object" && canonical(first) === canonical(second);
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** JSON without what means nothing to AWS: the order of keys and items, and a list around one item. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    const items = value.map(canonical).toSorted();
    return items.length === 1 ? (items[0] ?? "") : `[${items.join()}]`;
  }
  if (!isBlock(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`);
  return `{${entries.toSorted().join()}}`;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isBlock(value: unknown): value is Block {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
