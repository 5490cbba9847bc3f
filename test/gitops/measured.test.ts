import { describe, expect, test } from "vitest";
import { findingsOf } from "../../gitops/expectations/compare";
import { filledIn } from "../../gitops/expectations/names";
import type { Example } from "./examples";
import { type Measured, measured } from "./measured";
import { recordedExpectations } from "./facts";
import { judged, synthesisedExamples } from "./synthesised";

/** What stands in the place of an environment's names. */
const placeholders = {
  ...{ environment: "{environment}", domain: "{domain}", account: "{account}", partition: "{partition}" },
  ...{ roles: "{roles}", bucketPrefix: "{bucketPrefix}" },
};

/** What was measured for an example: its release, its services, and who makes its certificate. */
function measuredFor(example: Example): readonly (Measured & { readonly wave: number })[] {
  const recorded = recordedExpectations(example, placeholders).expectations;
  const synchronised = recorded.some(({ application }) => application === "cert-synchronizer");
  return measured.flatMap((row) => {
    const wave = row.waves[example.release];
    if (wave === undefined || (row.everything === true && !example.everything)) return [];
    if (row.certificate !== undefined && (row.certificate === "platform") !== synchronised) return [];
    return [{ ...row, wave }];
  });
}

describe.each(synthesisedExamples)("with $title", (example) => {
  test.each(measuredFor(example))(
    "$kind $name is expected by wave $wave, and found if it is missing",
    (row) => {
      const { names, expectations, provided } = judgedOnce(example);
      const { name, keys } = filledIn({ kind: row.kind, name: row.name, keys: row.keys ?? [] }, names);
      const expected = expectations.filter((thing) => thing.kind === row.kind && thing.name === name);
      expect([...new Set(expected.flatMap((thing) => thing.keys ?? []))].sort()).toEqual(
        row.keys === undefined ? expect.anything() : keys,
      );
      const removed = [name, "*"];
      const rest = provided.filter((thing) => thing.kind !== row.kind || !removed.includes(thing.name));
      expect(findingsOf({ expectations, made: [] }, rest)).toContainEqual(
        expect.objectContaining({ kind: row.kind, name, wave: row.wave }),
      );
    },
  );
});

const known = new Map<Example, ReturnType<typeof judged>>();

function judgedOnce(example: Example): ReturnType<typeof judged> {
  const found = known.get(example) ?? judged(example);
  known.set(example, found);
  return found;
}
