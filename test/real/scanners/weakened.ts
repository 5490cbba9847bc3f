import type { Seed } from "../../policy/seeds";
import { seeds } from "../../policy/seeds";
import { policyOf } from "../../policy/resources";
import type { Layers } from "./rewriting";

type Change = Pick<Seed, "layer" | "type" | "change">;

/** Mistakes in policies that no rule is about, and that AWS accepts without a word. */
const mistakes: readonly Change[] = [
  {
    layer: "pod-roles",
    type: "aws_iam_role_policy",
    change: (given) => ({
      ...given,
      policy: policyOf(
        { Effect: "Allow", Action: "s3:GetObjekt", Resource: "arn:aws:s3:::logs/*" },
        { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::logs" },
        {
          Effect: "Allow",
          Action: "s3:ListBucket",
          Resource: "arn:aws:s3:::logs",
          Condition: { StringEquals: { "s3:prefiks": "a" } },
        },
      ),
    }),
  },
];

/** The layers of an environment in aws, with violations of rules and mistakes in policies. */
export function weakened(layers: Layers): Layers {
  const changes: readonly Change[] = [...seeds, ...mistakes];
  return Object.fromEntries(
    Object.entries(layers).map(([layer, json]) => {
      const resource = Object.fromEntries(
        Object.entries(json.resource ?? {}).map(([type, named]) => {
          const change = changes.find((one) => one.layer === layer && one.type === type)?.change;
          const changed = Object.entries(named).map(([name, given]) => [
            name,
            change?.(given, "aws") ?? given,
          ]);
          return [type, Object.fromEntries(changed)];
        }),
      );
      return [layer, { ...json, resource }];
    }),
  );
}
