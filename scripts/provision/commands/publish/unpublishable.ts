import { UserError } from "../../../../lib/errors";

/** As ECR answers: an upload "cannot be completed because it does not have any parts". */
export const emptyBlob = "empty, and ECR takes no empty blob";

/** What was read first is no longer what there is. */
export function changed(path: string): UserError {
  return new UserError(
    `Cannot publish "${path}": it was changed while it was read`,
    "Run the same command again when nothing writes to it",
  );
}
