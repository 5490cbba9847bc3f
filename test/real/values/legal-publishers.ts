import fc from "fast-check";
import { type Legal, legal } from "./legal";
import { repository } from "./legal-network";
import type { Place } from "./place";

/** What one publisher may publish: something. */
const targets = fc
  .tuple(fc.subarray(["edge-orch/common/files", "a"]), fc.subarray(["edge-orch/common/", "internal/a.b_c/"]))
  .filter(([repositories, pathPrefixes]) => repositories.length + pathPrefixes.length > 0)
  .map(([repositories, pathPrefixes]) => ({ repositories, pathPrefixes }));
/** Which pipelines: at least one. */
const refs = fc
  .tuple(fc.subarray(["main", "release/1.x+y@z"]), fc.subarray(["v", "release-"]))
  .filter(([branches, tagPrefixes]) => branches.length + tagPrefixes.length > 0)
  .map(([branches, tagPrefixes]) => ({ branches, tagPrefixes }));
const identified = fc.record({
  organizationId: fc.integer({ min: 1, max: 2 ** 31 }),
  repositoryId: fc.integer({ min: 1, max: 2 ** 31 }),
});
const github = fc.record(
  {
    source: fc.constant("github"),
    issuer: fc.constantFrom(
      "https://token.actions.githubusercontent.com/example",
      "https://github.example.com/_services/token",
    ),
    audience: fc.constantFrom("sts.amazonaws.com", "releases"),
    organization: fc.constantFrom("Example-Org", "user_company"),
    repository: fc.constantFrom("installer", ".github", "a_b.c"),
    environments: fc.subarray(["release", "prod-1"]),
  },
  { requiredKeys: ["source", "organization", "repository"] },
);
const gitlab = fc.record(
  {
    source: fc.constant("gitlab"),
    issuer: fc.constant("https://gitlab.example.com"),
    audience: fc.constant("https://gitlab.example.com"),
    project: fc.constantFrom("edge/installer", "a/b_c/d.e"),
  },
  { requiredKeys: ["source", "project"] },
);
const otherIssuer = fc.record({
  source: fc.constant("other"),
  issuer: fc.constant("https://tokens.example.com"),
  audience: fc.constant("releases"),
  subjects: fc.subarray(["builder:nightly", "org/1/project/2"], { minLength: 1 }),
});
const publisher = fc.oneof(
  fc
    .tuple(github, refs, targets, fc.option(identified, { nil: {} }))
    .map(([who, from, to, ids]) => ({ ...who, ...from, ...to, ...ids })),
  fc.tuple(gitlab, refs, targets).map(([who, from, to]) => ({ ...who, ...from, ...to })),
  fc.tuple(otherIssuer, targets).map(([who, to]) => ({ ...who, ...to })),
);

/** Repositories, publishers of them, and those of the publishers' OIDC providers that exist. */
const publishing = ({ partition, account }: Place) =>
  fc
    .tuple(
      fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9-]{0,24}$/), publisher, { maxKeys: 3 }),
      fc.boolean(),
      fc.uniqueArray(repository, { maxLength: 4 }),
    )
    .map(([publishers, existing, others]) => {
      const issuers = Object.values(publishers).flatMap((one) =>
        "issuer" in one && typeof one.issuer === "string" ? [one.issuer] : [],
      );
      const arns = issuers.map(
        (url) => `arn:${partition}:iam::${account}:oidc-provider/${url.replace("https://", "")}`,
      );
      const repositories = [...new Set(["edge-orch/common/files", "a", ...others])];
      return [repositories, publishers, existing ? [...new Set(arns)] : []];
    });

/** Who publishes what into the release service. */
export const legalPublishers: readonly Legal[] = [
  legal(
    [
      ...["layers.release-service.repositories", "layers.release-service.publishers"],
      "layers.release-service.identityProviderArns",
    ],
    publishing,
  ),
];
