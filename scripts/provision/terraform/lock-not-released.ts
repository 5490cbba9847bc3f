import { exitCodes } from "../../../lib/errors";
import type { Failed, KnownFailure } from "./failure";
import { typedCommand } from "./typed-command";

/**
 * Terraform has done its work, saved the state, and left its own lock: nobody else holds it. The right to delete is the one that a role for
 * states without locks does not have.
 */
export const lockNotReleased: KnownFailure = {
  kind: "other",
  sign: /Error releasing the state lock[\s│]+Error message: (?<reason>[^\n]*)(?:[\s\S]*?^[\s│]*ID:\s+(?<id>\S+))?/m,
  truth: ({ groups }, { lockObject }) =>
    isDenied(groups)
      ? `its own lock stays on the state, because AWS denies s3:DeleteObject on s3://${objectIn(lockObject)}`
      : `its own lock stays on the state: ${groups?.["reason"] ?? ""}`,
  hint: ({ groups }, failed) => {
    const { retry, startOver } = failed;
    if (startOver !== undefined) return `Run: ${startOver}`;
    const release = `${releaseLine(groups?.["id"], failed)}; then run: ${retry}`;
    return isDenied(groups)
      ? `Allow your role s3:DeleteObject on that object, as provision iam prints it; then run: ${release}`
      : `If no other run is in progress, run: ${release}`;
  },
  exitCode: exitCodes.failed,
};

function isDenied(groups: RegExpMatchArray["groups"]): boolean {
  return /AccessDenied|StatusCode: 403/.test(groups?.["reason"] ?? "");
}

/** `<bucket>/<key>` */
function objectIn(lockObject: string): string {
  return /^s3:\/\/(\S+)/.exec(lockObject)?.[1] ?? lockObject;
}

function releaseLine(id: string | undefined, failed: Failed): string {
  return id === undefined ? `aws s3 rm ${failed.lockObject}` : typedCommand(failed, `force-unlock ${id}`);
}
