/** A resource of a plan in Terraform's JSON form. */
interface PlannedResource {
  readonly address: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly after: unknown;
    readonly after_unknown: unknown;
  };
}

/** `terraform show -json PLAN`, as far as it is compared. */
export interface PlanJson {
  readonly resource_changes?: readonly PlannedResource[];
  readonly planned_values?: {
    readonly root_module: {
      readonly resources?: readonly { readonly type: string; readonly schema_version: number }[];
    };
  };
}

/** One attribute that two providers plan differently. */
export interface Difference {
  /** `<type>.<attribute>`, with `[]` for any index: what an explanation refers to. */
  readonly kind: string;
  readonly address: string;
  readonly real: string;
  readonly simulated: string;
}

const unknown = "(known after apply)";

/** Every leaf that the two plans disagree on: another value, or known here and unknown there. */
export function planDifferences(real: PlanJson, simulated: PlanJson): Difference[] {
  const theirs = new Map((simulated.resource_changes ?? []).map((resource) => [resource.address, resource]));
  const ours = new Map((real.resource_changes ?? []).map((resource) => [resource.address, resource]));
  const addresses = [...new Set([...ours.keys(), ...theirs.keys()])].sort();
  return addresses.flatMap((address) => {
    const [one, other] = [leaves(ours.get(address)), leaves(theirs.get(address))];
    const type = address.replace(/^data\./, "").split(".")[0] ?? "";
    const paths = [...new Set([...one.keys(), ...other.keys()])].sort();
    return paths
      .filter((path) => (one.get(path) ?? "null") !== (other.get(path) ?? "null"))
      .map((path) => ({
        kind: `${type}.${path.replace(/\[\d+\]/g, "[]")}`,
        address: `${address}.${path}`,
        real: one.get(path) ?? "null",
        simulated: other.get(path) ?? "null",
      }));
  });
}

function leaves(resource: PlannedResource | undefined): Map<string, string> {
  const found = new Map<string, string>();
  if (resource === undefined) return found.set("", "absent");
  collect(resource.change.after, "", found);
  collectUnknown(resource.change.after_unknown, "", found);
  return found;
}

function collect(value: unknown, path: string, into: Map<string, string>): void {
  for (const [key, item] of children(value)) {
    const at = Array.isArray(value) ? `${path}[${key}]` : joined(path, key);
    if (typeof item === "object" && item !== null) collect(item, at, into);
    // Absent, null, empty and zero-length say the same about a resource that does not exist yet.
    else if (item !== null && item !== "") into.set(at, comparable(item));
  }
}

function collectUnknown(value: unknown, path: string, into: Map<string, string>): void {
  for (const [key, item] of children(value)) {
    const at = Array.isArray(value) ? `${path}[${key}]` : joined(path, key);
    if (item === true) into.set(at, unknown);
    else collectUnknown(item, at, into);
  }
}

function children(value: unknown): [string, unknown][] {
  if (typeof value !== "object" || value === null) return [];
  if (!Array.isArray(value)) return Object.entries(value);
  // Sets come in no order.
  const sorted = [...(value as unknown[])].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return sorted.map((item, index) => [String(index), item]);
}

/** Policies are text: the provider writes them with its own spacing and order. */
function comparable(value: unknown): string {
  if (typeof value !== "string" || !/^[[{]/.test(value)) return JSON.stringify(value);
  try {
    return JSON.stringify(ordered(JSON.parse(value)));
  } catch {
    return JSON.stringify(value);
  }
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, ordered(item)]),
  );
}

function joined(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
