import { z } from "zod";

/** A path in a Git repository. */
export const relativePath = z
  .string()
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_./-]*$/, "must be a path relative to the root of the repository");
