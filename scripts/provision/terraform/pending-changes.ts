import type { LayerJson } from "../../../synthesis/environment";
import type { Arguments } from "../../../synthesis/resource";
import { mayBeSame } from "./same-value";
import type { StoredObject, StoredState } from "./stored-state";

/** How the configuration of a layer differs from its state, as far as both tell without asking AWS. */
export interface PendingChanges {
  /** Addresses that the state does not have. */
  readonly create: readonly string[];
  /** Addresses that only the state has. */
  readonly delete: readonly string[];
  /** Objects with the names of the arguments that differ; never with values, which may be sensitive. */
  readonly update: readonly { readonly address: string; readonly arguments: readonly string[] }[];
}

/** What Terraform reads itself, and no provider: https://developer.hashicorp.com/terraform/language/meta-arguments */
const metaArguments = new Set([
  "//",
  "connection",
  "count",
  "depends_on",
  "dynamic",
  "for_each",
  "lifecycle",
  "provider",
  "provisioner",
]);

/** Lists to which the provider adds what AWS adds: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/acm_certificate */
const completed: Readonly<Record<string, readonly string[]>> = {
  aws_acm_certificate: ["subject_alternative_names"],
};

/** Compares the resources of a layer's JSON with those of its state, and the arguments that are no expressions. */
export function pendingChanges(json: LayerJson, state: StoredState | undefined): PendingChanges {
  const wanted = new Map<string, Arguments>(
    Object.entries(json.resource ?? {}).flatMap(([type, named]) =>
      Object.entries(named).map(([name, given]) => [`${type}.${name}`, given] as const),
    ),
  );
  const stored = (state?.objects ?? []).filter(({ fault, inModule }) => fault !== "deposed" && !inModule);
  const addresses = new Set(stored.map(({ address }) => address));
  return {
    create: [...wanted.keys()].filter((address) => !addresses.has(address)),
    delete: [...addresses].filter((address) => !wanted.has(address)),
    update: stored.flatMap((object) => {
      const names = differing(wanted.get(object.address) ?? {}, object);
      return names.length === 0 ? [] : [{ address: object.address, arguments: names }];
    }),
  };
}

export function isPending({ create, delete: gone, update }: PendingChanges): boolean {
  return create.length + gone.length + update.length > 0;
}

function differing(given: Arguments, { address, attributes, keyed, sensitive }: StoredObject) {
  // Its arguments differ from object to object, by expressions.
  if (keyed) return [];
  const type = address.split(".")[0] ?? "";
  const ignored = new Set([...sensitive, ...ignoredChanges(given), ...(completed[type] ?? [])]);
  if (ignored.has("all")) return [];
  return Object.keys(given).filter(
    (name) =>
      !metaArguments.has(name) &&
      !ignored.has(name) &&
      // Write-only arguments are in no state: https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only
      !name.endsWith("_wo") &&
      !sameArgument(name, given[name], attributes[name]),
  );
}

/** A tag that was removed is a difference too; other maps cannot be told from blocks, to which AWS adds. */
function sameArgument(name: string, given: unknown, stored: unknown): boolean {
  if (!mayBeSame(given, stored)) return false;
  const count = (value: unknown) => (isMap(value) ? Object.keys(value).length : 0);
  return name !== "tags" || count(given) === count(stored);
}

/** `lifecycle.ignore_changes`: names, paths such as `scaling[0].desired_size`, or the word `all`. */
function ignoredChanges({ lifecycle }: Arguments): readonly string[] {
  const changes = isMap(lifecycle) ? lifecycle["ignore_changes"] : undefined;
  return [changes].flat().flatMap((path) => (typeof path === "string" ? (path.split(/[.[]/)[0] ?? []) : []));
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
