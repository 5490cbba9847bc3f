import { exitCodes } from "../../../lib/errors";
import { firstError } from "./error-text";
import type { KnownFailure } from "./failure";

/**
 * How services refuse what exists: `EntityAlreadyExists`, `BucketAlreadyOwnedByYou`, `InvalidGroup.Duplicate`,
 * `DuplicateLoadBalancerName`, `ResourceExistsException`, `WAFDuplicateItemException`, and in words.
 */
const refusal =
  /Already(?:Exists?|OwnedByYou)|InvalidPermission\.Duplicate|InvalidGroup\.Duplicate|Duplicate(?:Listener|LoadBalancerName|TargetGroupName|Item|Resource)|MountTargetConflict|PriorityInUse|ResourceExistsException|ResourceConflictException: Function already|already (?:exists?|in use|associated)/;

/** What an apply wants to create exists, and is not in the layer's state. */
export const alreadyExists: KnownFailure = {
  kind: "other",
  sign: refusal,
  truth: ({ input = "" }) => `what it creates exists already, but is not in its state${firstError(input)}`,
  hint: (_, { recover, retry }) =>
    `If an earlier run was killed or interrupted, run: ${recover}; then run: ${retry}`,
  exitCode: exitCodes.failed,
};
