import type { PlanReading } from "../../run/plan";
import { readStoredState, type StoredObject } from "../../terraform/stored-state";
import type { Terraform } from "../../terraform/terraform";

/** An object that a plan deletes, as the state has it. */
export type EndingObject = Pick<StoredObject, "type" | "attributes"> & { readonly address: string };

/** Those whose end takes or leaves something beside the object: a state without them need not be read. */
const notable = ["aws_s3_bucket", "aws_rds_cluster", "aws_kms_key"];

/** The buckets, database clusters and keys that a plan deletes. */
export async function endingObjects(
  terraform: Terraform,
  { changes }: Pick<PlanReading, "changes">,
): Promise<readonly EndingObject[]> {
  const ending = new Set(
    changes
      .filter(({ type, action }) => action === "delete" && notable.includes(type))
      .map(({ address }) => address),
  );
  if (ending.size === 0) return [];
  const state = readStoredState(await terraform.document(["state", "pull"]));
  if (typeof state === "string") return [];
  return state.objects
    .map(({ address, index, type, attributes }) => ({ address: `${address}${index}`, type, attributes }))
    .filter(({ address }) => ending.has(address));
}

/** The name of the snapshot that AWS creates when it deletes a database cluster; undefined if it creates none. */
export function finalSnapshotOf({ type, attributes }: EndingObject): string | undefined {
  if (type !== "aws_rds_cluster" || attributes["skip_final_snapshot"] === true) return undefined;
  return textOf(attributes["final_snapshot_identifier"]);
}

/** An attribute that is text; undefined if it has none. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
