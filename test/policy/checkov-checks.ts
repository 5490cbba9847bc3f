import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The checks of checkov for AWS by ID, with the types that each judges. */
export const checkovChecks: ReadonlyMap<string, readonly string[]> = new Map(
  readFileSync(join(__dirname, "checkov-3.3.30.txt"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split(" "))
    .map(([id = "", ...types]) => [id, types]),
);
