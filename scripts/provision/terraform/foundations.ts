import type { Change } from "../run/plan";

/** Types in whose objects the resources of other layers run. */
const foundations: ReadonlySet<string> = new Set(["aws_vpc", "aws_subnet"]);

/** Whether changes would delete or replace what resources of other layers run in, such as a VPC by another address range. */
export function endsFoundations(changes: readonly Change[]): boolean {
  return changes.some(
    ({ type, action }) => foundations.has(type) && (action === "delete" || action === "replace"),
  );
}
