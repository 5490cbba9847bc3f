import { z } from "zod";

/** A path in a Git repository. */
export const relativePath = pathOf("[A-Za-z0-9_]");

/** A folder of a Git repository, which may be its root, `.`, and begin with a dot. */
export const relativeFolder = pathOf("[A-Za-z0-9_.]");

function pathOf(beginning: string) {
  return z
    .string()
    .regex(
      new RegExp(`^(?!(?:.*/)?\\.\\.(?:/|$))${beginning}[A-Za-z0-9_./-]*$`),
      "must be a path relative to the root of the repository, without ..",
    );
}
