import { policyDocument } from "../../../lib/constructs/iam-policy";
import type { Environment } from "../../../lib/layer/environment-schema";
import type { Problem } from "../../../lib/layer/layer";
import { suggestion } from "../../../lib/suggestions";
import type { Settings } from "../settings";
import { identityProvidersOf } from "./identity-providers";
import type { Publisher } from "./settings";
import { trustOf } from "./trust";

type Place = Pick<Environment, "partition" | "account">;

const layer = ["layers", "release-service"];
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const mostTrustText = 2048;

/** Reports publishers that nobody could be, or that could publish nothing, and OIDC providers that nobody uses. */
export function publisherProblems(place: Place, settings: Settings): readonly Problem[] {
  return [
    ...Object.entries(settings.publishers).flatMap(([name, publisher]) =>
      [
        ...whoProblems(publisher),
        ...targetProblems(publisher, settings.repositories),
        ...trustProblems(publisher, place),
      ].map((problem) => ({ ...problem, path: [...layer, "publishers", name, ...problem.path] })),
    ),
    ...providerProblems(place, settings),
  ];
}

function whoProblems(publisher: Publisher): readonly Problem[] {
  if (publisher.source === "other") return [];
  const { branches, tagPrefixes } = publisher;
  const environments = publisher.source === "github" ? publisher.environments : [];
  const lists =
    publisher.source === "github" ? "branches, tagPrefixes or environments" : "branches or tagPrefixes";
  const nobody = branches.length + tagPrefixes.length + environments.length === 0;
  return [
    ...(nobody ? [{ path: [], message: `names no pipeline that may publish`, hint: `Add ${lists}` }] : []),
    ...(publisher.source === "github" ? idProblems(publisher) : []),
  ];
}

function idProblems({
  organizationId,
  repositoryId,
}: Extract<Publisher, { source: "github" }>): readonly Problem[] {
  if ((organizationId === undefined) === (repositoryId === undefined)) return [];
  const [given, other] =
    repositoryId === undefined ? ["organizationId", "repositoryId"] : ["repositoryId", "organizationId"];
  return [
    {
      path: [given],
      message: `is set without ${other}, but a token contains either both IDs or none`,
      hint: `Set ${other}, too; to print both, run: gh api repos/<organisation>/<repository> --jq '.owner.id, .id'`,
    },
  ];
}

function targetProblems(
  { repositories, pathPrefixes }: Publisher,
  all: readonly string[],
): readonly Problem[] {
  if (repositories.length + pathPrefixes.length === 0)
    return [{ path: [], message: "may publish nothing", hint: "Add repositories or pathPrefixes" }];
  return repositories.flatMap((name, index) => {
    if (all.includes(name)) return [];
    const similar = suggestion(name, all);
    return [
      {
        path: ["repositories", index],
        message: `"${name}" is not in layers.release-service.repositories`,
        hint: similar === undefined ? "Add it there" : `Add it there, or did you mean "${similar}"?`,
      },
    ];
  });
}

function trustProblems(publisher: Publisher, place: Place): readonly Problem[] {
  const [provider] = identityProvidersOf(place, {
    publishers: { publisher },
    identityProviderArns: [],
  });
  const { length } = policyDocument(trustOf(publisher, provider?.arn ?? ""));
  if (length <= mostTrustText) return [];
  return [
    {
      path: [],
      message: `has a trust policy of ${length} characters, and IAM allows ${mostTrustText}`,
      hint: "Divide it into several publishers, each with some of the branches, tags, environments or subjects",
    },
  ];
}

function providerProblems(place: Place, settings: Settings): readonly Problem[] {
  const used = identityProvidersOf(place, settings);
  return settings.identityProviderArns.flatMap((arn, index) => {
    if (used.some((provider) => provider.arn === arn)) return [];
    const issuers = used.map((provider) => `"${provider.arn}"`);
    return [
      {
        path: [...layer, "identityProviderArns", index],
        message: "is not the OIDC provider of any publisher's issuer in the environment's account",
        hint: issuers.length === 0 ? "Remove it" : `Remove it, or name one of ${issuers.join(", ")}`,
      },
    ];
  });
}
