import type { StateHead } from "../../terraform/state";
import type { FoundObject } from "./find-objects";
import { type Account, importId } from "./import-ids";

/**
 * The address at which a state has an object that was found, by its ARN, which names the region as well, or else by what it is imported
 * by; undefined: it has not.
 */
export function addressIn(
  state: StateHead | undefined,
  { id: imported, values: found, wanted: { type } }: FoundObject,
  account: Account,
): string | undefined {
  const one = state?.of(type).find(({ id, values }) => {
    if (typeof values["arn"] === "string" && typeof found["arn"] === "string")
      return values["arn"] === found["arn"];
    const known = importId(type, values, { account, ...(id === undefined ? {} : { id }) });
    return known === undefined ? id === found["id"] : known === imported;
  });
  return one?.address;
}
