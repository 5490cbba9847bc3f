import type { Environment } from "../../../lib/layer/environment-schema";
import { stateLocation } from "../../../lib/layer/state-location";
import { inMinutes } from "./error-text";
import { typedCommand } from "./typed-command";

/** Who holds the lock of a state, as Terraform says it. */
export interface StateLock {
  readonly id: string;
  readonly who?: string | undefined;
  readonly since?: string | undefined;
}

/** The lock of a layer's state, as `aws s3 rm` takes it. */
export function lockObject(environment: Environment, layer: string): string {
  const { bucket, key, region } = stateLocation(environment, layer);
  return `s3://${bucket}/${key}.tflock --region ${region}`;
}

/** That a state is locked, as a clause. */
export function lockedClause({ who, since }: StateLock): string {
  return who === undefined
    ? "its state is locked by another run"
    : `its state is locked by "${who.trim()}" since ${inMinutes(since)}`;
}

/** What to do about it, by what runs as Terraform. */
export function unlockHint(
  { id }: StateLock,
  terraform: Parameters<typeof typedCommand>[0],
  startOver?: string,
): string {
  return `Wait until that run ends; if it is no longer running, run: ${startOver ?? typedCommand(terraform, `force-unlock ${id}`)}`;
}
