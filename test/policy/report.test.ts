import { expect, test } from "vitest";
import { SynthesisedJson } from "../../synthesis/environment";
import { rules } from "../../policy/index";
import { judge } from "../../policy/judgement";
import { policyJson, policyTable } from "../../policy/report";
import { policySarif } from "../../policy/sarif";

const same = (text: string) => text;
const page = {
  ink: { bold: same, dim: same, red: same, green: same, yellow: same },
  columns: Infinity,
};
const judgement = judge({
  environment: { name: "dev", scaleProfile: "default" },
  synthesised: new SynthesisedJson({
    vpc: {
      resource: { aws_eip: { spare: {} }, aws_ebs_encryption_by_default: { account: { enabled: false } } },
    },
  }),
  rules,
  exceptions: [
    {
      rule: "elastic-ip-attached",
      layer: "vpc",
      address: "aws_eip.spare",
      reason: "Kept for a move",
      owner: "platform",
      expires: "2026-06-30",
    },
  ],
  now: new Date("2026-01-01T00:00:00Z"),
});

test("the table names violations and fixes, accepted exceptions, and both numbers", () => {
  const text = policyTable(page, judgement, rules);
  expect(text).toContain(
    "account-volumes-encrypted: EBS encryption by default is not disabled (CKV_AWS_106, EC2.7)",
  );
  expect(text).toMatch(/vpc +│ aws_ebs_encryption_by_default\.account +│ it disables encryption by default/);
  expect(text).toContain("Set enabled to true in aws_ebs_encryption_by_default");
  expect(text).toMatch(/elastic-ip-attached +│ vpc +│ +1 │ 2026-06-30 +│ Kept for a move/);
  expect(text).toMatch(
    /dev: \d+ rules, covering \d+ public checks: 1 violation, 1 accepted exception for 1 finding$/,
  );
});

test("the table lists expired exceptions, with the action to take", () => {
  const [{ exception } = { exception: undefined }] = judgement.excepted;
  const later = { ...judgement, expired: [exception!] };
  expect(policyTable(page, later, rules)).toContain(
    [
      'The exception from "elastic-ip-attached" for "vpc" expired after 2026-06-30',
      "  Fix the violation, or review the exception in policy/exceptions/ and set a later date",
    ].join("\n"),
  );
});

test("JSON has every violation with its rule's texts, and every exception with its reason", () => {
  expect(JSON.parse(policyJson(judgement))).toMatchObject({
    environment: "dev",
    violations: [
      {
        rule: "account-volumes-encrypted",
        publicIds: ["CKV_AWS_106", "EC2.7"],
        layer: "vpc",
        address: "aws_ebs_encryption_by_default.account",
        message: "it disables encryption by default",
      },
    ],
    excepted: [{ rule: "elastic-ip-attached", exception: { owner: "platform", expires: "2026-06-30" } }],
    expired: [],
  });
});

test("SARIF has every rule, points results at the environment file, and suppresses exceptions", () => {
  const sarif = JSON.parse(policySarif(judgement, rules, { file: "configs/dev.yaml", version: "0.1.0" }));
  const [run] = sarif.runs;
  expect(sarif.version).toBe("2.1.0");
  expect(run.tool.driver.rules).toHaveLength(rules.length);
  for (const result of run.results) expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
  expect(run.results).toMatchObject([
    {
      ruleId: "account-volumes-encrypted",
      level: "error",
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: "configs/dev.yaml" } },
          logicalLocations: [{ fullyQualifiedName: "vpc.aws_ebs_encryption_by_default.account" }],
        },
      ],
    },
    { ruleId: "elastic-ip-attached", suppressions: [{ kind: "external", justification: "Kept for a move" }] },
  ]);
  expect(run.results[0].suppressions).toBeUndefined();
});

test.each([
  ["configs/my env #1.yaml", "configs/my%20env%20%231.yaml"],
  ["../größe/a:b%.yaml", "../gr%C3%B6%C3%9Fe/a%3Ab%25.yaml"],
  ["/srv/my env.yaml", "file:///srv/my%20env.yaml"],
])("SARIF names the environment file %s by its URI", (file, uri) => {
  const [run] = JSON.parse(policySarif(judgement, rules, { file, version: "0.1.0" })).runs;
  expect(run.results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(uri);
});
