import { z } from "zod";

/** Vitest's JSON report, as far as it is read. */
const reportShape = z.object({ numPendingTests: z.number() });

/** Says how many tests a report counts as skipped; undefined when none are, so that its seconds are those of all tests. */
export function skippedTests(report: string): string | undefined {
  const { numPendingTests: skipped } = reportShape.parse(JSON.parse(report));
  return skipped === 0 ? undefined : `${skipped} tests were skipped`;
}
