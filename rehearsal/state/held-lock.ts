import type { Reply } from "./reply";
import type { StandInRequest } from "./request";
import { preconditionFailed } from "./s3";

const suffix = ".tflock";

/** Is this key the lock that Terraform's S3 backend puts beside a state? */
export const isLock = (key: string): boolean => key.endsWith(suffix);

/** Answers for locks that another client holds: they can be read, and neither taken nor released. */
export function answerHeldLock(request: StandInRequest): Reply | undefined {
  if (!isLock(request.key)) return undefined;
  if (request.method === "PUT" || request.method === "DELETE") return preconditionFailed();
  const body = JSON.stringify({
    ID: "5131a7ed-0000-4000-a000-000000000000",
    Operation: "OperationTypeApply",
    Info: "",
    Who: "another@client",
    Version: "1.11.4",
    Created: "2025-01-01T00:00:00Z",
    Path: `${request.bucket}/${request.key.slice(0, -suffix.length)}`,
  });
  return { status: 200, headers: { "content-type": "application/json" }, body };
}
