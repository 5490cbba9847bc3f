import fc from "fast-check";
import { knownRegions, isNewToTerraform, zoneLetters } from "../../../lib/layer/regions";
import { partitionOf } from "../../../lib/layer/region-partition";
import { type ScaleProfile, scaleProfiles } from "../../../lib/layer/environment-schema";

/** Where an environment is, and what it is called: other values depend on it. */
export interface Place {
  readonly name: string;
  readonly account: string;
  readonly partition: string;
  readonly region: string;
  readonly zones: readonly [string, string, string];
  readonly scaleProfile: ScaleProfile;
  readonly domain: { readonly parent: string } | { readonly root: string };
}

/** Characters of a name, and a few that AWS treats specially. */
const word = fc.stringMatching(/^[a-z0-9]{1,6}$/);
const first = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/);
const awkward = fc.constantFrom(
  "aws",
  "amazon",
  "amzn",
  "aws-eu",
  "amazonas",
  "a",
  "x1",
  "prod-eu-1",
  "twenty-characters-ab",
);

/** An environment's name: ordinary, awkward, or as long as it may be. */
const name = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(first, fc.array(word, { maxLength: 2 }))
      .map(([head, rest]) => [head, ...rest].join("-")),
  },
  { weight: 1, arbitrary: awkward },
);

const parent = fc.constantFrom(
  "edge.example.com",
  "example.co.uk",
  "example.xn--p1ai",
  "a.b.c.example.net",
  "1.example.org",
);
const root = fc.constantFrom("orchestrator.example.com", "example.com", "orch.github.io", "x.example.io");
const domain = fc.oneof(fc.record({ parent }), fc.record({ root }));

const account = fc.stringMatching(/^\d{12}$/);

/** Where every environment finds what it needs. */
const regions = knownRegions.filter((region) => !isNewToTerraform(region) && region !== "us-west-1");

/** Places of environments. */
export const place: fc.Arbitrary<Place> = fc.constantFrom(...regions).chain((region) => {
  const letters = Array.from(zoneLetters(region) ?? "");
  const zones = fc.shuffledSubarray(letters, { minLength: 3, maxLength: 3 }).map(([a, b, c]) => {
    return [`${region}${a}`, `${region}${b}`, `${region}${c}`] as const;
  });
  return fc.record({
    name,
    account,
    partition: fc.constant(partitionOf(region)),
    region: fc.constant(region),
    zones,
    scaleProfile: fc.constantFrom(...scaleProfiles),
    domain,
  });
});
