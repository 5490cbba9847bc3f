import { describe, expect, test } from "vitest";
import { scaleProfiles } from "../../lib/layer/environment-schema";
import { exceptions } from "../../policy/exceptions";
import { rules } from "../../policy/index";
import { type Judgement, judge } from "../../policy/judgement";
import type { Rule } from "../../policy/rule";
import { SynthesisedJson } from "../../synthesis/environment";
import { issue } from "../certificates";
import { environmentFiles } from "../environments/files";
import { partitions } from "../everything-on";
import { type EnvironmentChoice, judgedEnvironments, synthesiseEnvironment } from "./environments";
import { loadConfig, type RawEnvironment, synthLayers } from "../synth";
import { type Seed, seeds } from "./seeds";

const configs = ["dev", "example", "prod"] as const;
// Before every exception's last day: what today is must not decide whether an environment is sound.
const now = new Date("2026-01-01T00:00:00Z");

const synthesise = once(({ config, scaleProfile, partition }) =>
  synthesiseEnvironment(config, scaleProfile, partition),
);
const judgementOf = once((choice) => judgeBy(rules, choice, synthesise(choice).synthesised));

test.each(judgedEnvironments.map((choice) => [titleOf(choice), choice] as const))(
  "%s violates no rule",
  (_, choice) => {
    expect(
      judgementOf(choice).violations.map(
        ({ rule, layer, address, message }) => `${rule.id}: ${layer} ${address}: ${message}`,
      ),
    ).toEqual([]);
  },
);

test("every exception covers a violation somewhere", () => {
  const excepted = [
    ...judgedEnvironments.flatMap((choice) => judgementOf(choice).excepted),
    ...judgementOfFiles().excepted,
  ];
  const used = new Set(excepted.map(({ exception }) => exception));
  expect(exceptions.filter((exception) => !used.has(exception))).toEqual([]);
});

/** Of an environment whose certificate comes from files, which excludes the other sources. */
function judgementOfFiles(): Judgement {
  const domain = "example.edge.example.com";
  const { certificate, privateKey } = issue({ name: domain, names: [domain, `*.${domain}`] });
  const files = { "server.crt": certificate, "server.key": privateKey };
  const source = { source: "pem", certificateFile: "server.crt", privateKeyFile: "server.key" };
  const edit = (raw: RawEnvironment) => (raw.layers.route53.certificate = source);
  return judgeBy(
    rules,
    { config: "example", scaleProfile: "default", partition: "aws" },
    new SynthesisedJson(synthLayers(loadConfig({ edit, files }))),
  );
}

describe("a violation in only one pair of file, scale profile and partition", () => {
  const everyPair = pairsOf(
    configs.flatMap((config) =>
      scaleProfiles.flatMap((scaleProfile) =>
        partitions.map((partition) => ({ config, scaleProfile, partition })),
      ),
    ),
  );

  test("is judged", () => {
    expect(pairsOf(judgedEnvironments)).toEqual(everyPair);
  });

  test.each(seeds)("is found: $rule in $layer", (seed) => {
    const found = judgedEnvironments.filter((choice) => isViolated(seed, choice));
    expect(pairsOf(found)).toEqual(everyPair);
  });
});

function titleOf({ config, scaleProfile, partition }: EnvironmentChoice): string {
  return `${environmentFiles[config]} for scale profile ${scaleProfile} in ${partition}`;
}

function pairsOf(choices: readonly EnvironmentChoice[]): ReadonlySet<string> {
  return new Set(
    choices.flatMap(({ config, scaleProfile, partition }) => [
      `${config} ${scaleProfile}`,
      `${config} ${partition}`,
      `${scaleProfile} ${partition}`,
    ]),
  );
}

/** Whether a rule finds something in what a seed changed, and nothing before. */
function isViolated({ rule, layer, type, change }: Seed, choice: EnvironmentChoice): boolean {
  const { json, synthesised } = synthesise(choice);
  const given = json[layer]?.resource?.[type] ?? {};
  const changed = Object.fromEntries(
    Object.entries(given).map(([name, block]) => [name, change(block, choice.partition)]),
  );
  const seeded = { ...json[layer], resource: { ...json[layer]?.resource, [type]: changed } };
  const judging = rules.filter(({ id }) => id === rule);
  const count = (judged: SynthesisedJson) => judgeBy(judging, choice, judged).violations.length;
  return count(synthesised) === 0 && count(new SynthesisedJson({ ...json, [layer]: seeded })) > 0;
}

function judgeBy(
  judging: readonly Rule[],
  { config, scaleProfile }: EnvironmentChoice,
  synthesised: SynthesisedJson,
): Judgement {
  return judge({ environment: { name: config, scaleProfile }, synthesised, rules: judging, exceptions, now });
}

/** Answers the same question once only. */
function once<Answer>(answer: (choice: EnvironmentChoice) => Answer): (choice: EnvironmentChoice) => Answer {
  const known = new Map<EnvironmentChoice, Answer>();
  return (choice) => {
    const found = known.get(choice) ?? answer(choice);
    known.set(choice, found);
    return found;
  };
}
