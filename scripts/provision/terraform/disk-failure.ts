import { exitCodes } from "../../../lib/errors";
import type { KnownFailure } from "./failure";

/** In the words of Terraform, https://pkg.go.dev/io/fs#PathError, and of a simulated provider. */
const sign =
  /(?:Cannot use "(?<simulated>[^"]+)"|\b(?:open|write|mkdir|rename|sync|close) (?<own>\/?[^\s:]+)): (?<reason>no space left on device|disk quota exceeded|read-only file system)/i;

/** This machine cannot keep what a layer needs. */
export const diskFailure: KnownFailure = {
  kind: "other",
  sign,
  truth: ({ groups }) =>
    `the system says "${groups?.["reason"] ?? ""}" of ${groups?.["simulated"] ?? groups?.["own"] ?? ""}`,
  hint: ({ groups }, { retry }) =>
    /read-only/i.test(groups?.["reason"] ?? "")
      ? `Make its file system writable, or work in another folder; then run: ${retry}`
      : `Free disk space, and run: ${retry}`,
  exitCode: exitCodes.failed,
};
