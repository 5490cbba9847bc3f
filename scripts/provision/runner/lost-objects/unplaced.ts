import type { AnyLayer } from "../../../../lib/layer/layer";
import type { Creation } from "../../run/creations";
import type { Run } from "../../run/run";
import { creationsNotIn } from "../../terraform/creations-not-in";
import type { StateHead } from "../../terraform/state";
import type { FoundObjects } from "./find-objects";

/** What may exist, and no search can import, because no plan would create it. */
export interface Unplaced extends Creation {
  /** Why, a clause. */
  readonly placeless: string;
  /** Whether the state has another object at its address. */
  readonly isBeside: boolean;
}

/** What earlier runs on this machine have created of a layer, or begun to, without what its state has or its plan would create. */
export function unplacedOf(
  run: Run,
  layer: AnyLayer,
  { state, found }: { readonly state: StateHead | undefined; readonly found: FoundObjects },
): readonly Unplaced[] {
  const planned = [...found.wanted.map(({ address }) => address), ...found.replaced];
  return creationsNotIn(run, layer, state)
    .filter(({ address }) => !planned.includes(address))
    .map((creation) => {
      const { type } = creation;
      const isFound = (id: string) =>
        state?.has(type, id) === true ||
        found.found.some(({ values, wanted }) => wanted.type === type && values["id"] === id);
      return { creation, ids: creation.ids.filter((id) => !isFound(id)) };
    })
    .filter(({ creation, ids }) => ids.length > 0 || creation.ids.length === 0)
    .map(({ creation, ids }) => ({ ...creation, ids, ...placeIn(state, creation.address) }));
}

/** Why nothing can be imported at an address that is not created. */
export function placeIn(
  state: StateHead | undefined,
  address: string,
): Pick<Unplaced, "placeless" | "isBeside"> {
  const other = state?.listed.find((one) => one.address === address);
  return other === undefined
    ? { placeless: "the environment file has it no more", isBeside: false }
    : { placeless: `in its place is ${other.id ?? "another one"}`, isBeside: true };
}

/** `aws_vpc.vpc (vpc-1)`, and why it cannot be imported. */
export function unplacedText({
  address,
  ids,
  placeless,
}: Pick<Creation, "address" | "ids"> & { readonly placeless?: string }): string {
  const id = ids.length === 0 ? "" : ` (${ids.join(", ")})`;
  return `${address}${id}${placeless === undefined ? "" : `, ${placeless}`}`;
}
