import { z } from "zod";
import { exceptions } from "../../../policy/exceptions";
import { rules } from "../../../policy/index";
import { judge } from "../../../policy/judgement";
import { policySarif } from "../../../policy/sarif";
import { SynthesisedJson } from "../../../synthesis/environment";
import type { Layers } from "./rewriting";

const Log = z.object({
  runs: z.tuple([
    z.object({
      tool: z.object({
        driver: z.object({
          rules: z.array(z.object({ properties: z.object({ tags: z.array(z.string()) }) })),
        }),
      }),
      results: z.array(
        z.object({
          ruleIndex: z.number(),
          locations: z.tuple([
            z.object({ logicalLocations: z.tuple([z.object({ fullyQualifiedName: z.string() })]) }),
          ]),
          suppressions: z.array(z.unknown()).default([]),
        }),
      ),
    }),
  ]),
});

/** A result of `provision policy --format sarif`, by one of the public IDs of its rule. */
export interface SarifResult {
  readonly id: string;
  /** Layer and address: `vpc aws_vpc.vpc`. */
  readonly resource: string;
  /** Whether an exception covers it. */
  readonly suppressed: boolean;
}

/** What the report for code scanning says of layers, once for every public ID. */
export function sarifResults(
  json: Layers,
  environment = { name: "dev", scaleProfile: "default" },
): readonly SarifResult[] {
  // Before every exception's last day: what today is must not decide.
  const now = new Date("2026-01-01T00:00:00Z");
  const judgement = judge({ environment, synthesised: new SynthesisedJson(json), rules, exceptions, now });
  const [{ tool, results }] = Log.parse(
    JSON.parse(policySarif(judgement, rules, { file: "configs/dev.yaml", version: "0.1.0" })),
  ).runs;
  return results.flatMap(({ ruleIndex, locations, suppressions }) => {
    const name = locations[0].logicalLocations[0].fullyQualifiedName;
    const resource = name.replace(/^([\w-]+)\./, "$1 ");
    const ids = tool.driver.rules[ruleIndex]?.properties.tags ?? [];
    return ids.map((id) => ({ id, resource, suppressed: suppressions.length > 0 }));
  });
}
