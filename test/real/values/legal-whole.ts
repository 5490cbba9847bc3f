import fc from "fast-check";
import { currentVersion } from "../../../lib/environment/migrations";
import { knownRegions } from "../../../lib/layer/regions";
import { partitionOf } from "../../../lib/layer/region-partition";
import { type Legal, legal, legalOf } from "./legal";
import type { Place } from "./place";
import { publicRange, ranges6, roleName, tagText } from "./text";

const roleArn = ({ partition, account }: Place) =>
  roleName.map((name) => `arn:${partition}:iam::${account}:role/${name}`);

// Names that end with -an are of the regional namespace of an account.
const bucket = fc
  .stringMatching(/^[a-z0-9]([a-z0-9]|-[a-z0-9]){2,20}$/)
  .filter((name) => !name.endsWith("-an"));
const regionIn = (partition: string) => {
  return fc.constantFrom(...knownRegions.filter((region) => partitionOf(region) === partition));
};

const tagKey = fc.stringMatching(/^t([A-Za-z0-9 _.:/=+@-]{0,30}[A-Za-z0-9])?$/);

// IAM refuses keys that differ in upper and lower case only.
const tags = fc
  .uniqueArray(fc.tuple(tagKey, tagText), { maxLength: 40, selector: ([key]) => key.toLowerCase() })
  .map((pairs) => Object.fromEntries(pairs));

const ranges = (lengths: fc.UniqueArrayConstraints<string, string>) =>
  fc
    .tuple(fc.uniqueArray(publicRange, lengths), fc.subarray([...ranges6]))
    .map(([first, rest]) => [...first, ...rest]);

const iam = (partition: string, account: string) => {
  const owner = fc.constantFrom("aws", account);
  const permissionsBoundaryArn = fc
    .tuple(owner, roleName)
    .map(([of, name]) => `arn:${partition}:iam::${of}:policy/${name}`);
  const path = fc.constantFrom("/", "/teams/edge/", "/a.b,c=d@e-f_g+h/");
  return fc.record({ permissionsBoundaryArn, path }, { requiredKeys: [] });
};

const tagKeys = {
  environment: fc.constantFrom("environment", "Environment", "edge:environment"),
  layer: fc.constantFrom("layer", "edge:layer"),
  customer: fc.constantFrom("Customer", "cost centre"),
};

const hook = fc.record({
  when: fc.constant("before"),
  layer: fc.constantFrom("vpc", "eks"),
  during: fc.constant(["apply"]),
  command: fc.constant(["./hook.sh", "--now"]),
  timeoutSeconds: fc.integer({ min: 1, max: 86400 }),
  onFailure: fc.constantFrom("stop", "continue"),
});

/** Settings that are not of one layer. */
export const legalWhole: readonly Legal[] = [
  legal(["version", "name", "account", "partition", "region", "zones", "scaleProfile", "domain"], (place) => {
    const { name, account, partition, region, zones, scaleProfile, domain } = place;
    return fc.constant([currentVersion, name, account, partition, region, zones, scaleProfile, domain]);
  }),
  legalOf("state", ({ partition, account }) =>
    regionIn(partition).chain((region) => {
      const kmsKeyArn = fc.constant(
        `arn:${partition}:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
      );
      const required = { requiredKeys: ["bucket", "region"] } as const;
      return fc.record(
        { bucket, region: fc.constant(region), kmsKeyArn, existing: fc.boolean() },
        { ...required, requiredKeys: ["bucket", "region"] },
      );
    }),
  ),
  legalOf("access.adminRoleArns", (place) => fc.uniqueArray(roleArn(place), { minLength: 1, maxLength: 3 })),
  legalOf("access.adminCidrs", () => ranges({ maxLength: 5 })),
  legalOf("access.publicCidrs", () =>
    fc.oneof(fc.constant(["0.0.0.0/0", "::/0"]), ranges({ minLength: 1, maxLength: 147 })),
  ),
  legalOf("iam", ({ partition, account }) => iam(partition, account)),
  legalOf("tagKeys", () => fc.record(tagKeys, { requiredKeys: [] })),
  legalOf("customer", () => tagText),
  legalOf("tags", () => tags),
  legalOf("hooks", () => fc.uniqueArray(hook, { maxLength: 2, selector: (given) => JSON.stringify(given) })),
  legalOf("extensions", () => fc.constant([])),
];
