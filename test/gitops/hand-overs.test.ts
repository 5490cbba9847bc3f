import fc from "fast-check";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { neededDatabases } from "../../gitops/needed-databases";
import { type ReleaseName, releaseNames, releases } from "../../gitops/releases";
import type { Services as Switches } from "../../gitops/releases/platform-release";
import { scaleProfiles } from "../../lib/layer/environment-schema";
import { databases } from "../../modules/aurora/databases";
import { contentsByName, type Ingredients } from "../../modules/argocd/secret-contents";
import { serviceProblems } from "../../modules/platform/checks";
import { Services } from "../../modules/platform/services";
import { type Choice, differences, handOverOf, linesOf, platformSettings } from "./hand-overs";

const withServices = (services: Partial<Switches>): Choice => ({ platform: { services } });
const names = Object.keys(Services.shape);
const all = (value: boolean) => Object.fromEntries(names.map((name) => [name, value]));

const registry = "registry.example.com";

/** One setting after the other, with what it depends on. */
const choices: Readonly<Record<string, Choice>> = {
  "without observability": withServices({ observability: false }),
  "without kyverno": withServices({ kyverno: false }),
  "without applicationOrchestration": withServices({ applicationOrchestration: false }),
  "without clusterOrchestration": withServices({
    applicationOrchestration: false,
    clusterOrchestration: false,
  }),
  "without edgeInfrastructure": withServices({
    applicationOrchestration: false,
    clusterOrchestration: false,
    edgeInfrastructure: false,
  }),
  "without ui": withServices({ ui: false }),
  "with sre": withServices({ sre: true }),
  "with alertEmails": withServices({ alertEmails: true }),
  "with singleTenancy": withServices({ singleTenancy: true }),
  "with vpro": withServices({ vpro: true }),
  "with autoscaling": withServices({ autoscaling: true }),
  "with explicitProxy": withServices({ explicitProxy: true }),
  "with every service": withServices(all(true)),
  "without any service": withServices(all(false)),
  "with the platform's rate limit": { platform: { traefikRateLimit: { source: "profile" } } },
  "with a rate limit": { platform: { traefikRateLimit: { source: "own", average: 2000, burst: 1000 } } },
  "with a proxy of edge nodes": {
    platform: { edgeNodeProxy: { httpProxy: "http://proxy:3128", httpsProxy: "http://proxy:3128" } },
  },
  "with a release service": {
    platform: {
      releaseService: {
        chartRepository: `${registry}/charts`,
        containerRegistry: `${registry}/images`,
        ociRegistry: registry,
        fileServer: "files.example.com",
      },
    },
  },
  "with a certificate in PEM": { certificate: "pem" },
};

/** The hand-over without settings, and what each scale profile, each setting, and both together change. */
function goldenText(release: ReleaseName): string {
  const lines = (profile: (typeof scaleProfiles)[number], choice: Choice) =>
    linesOf(handOverOf(release, profile, choice));
  const base = lines("default", {});
  const others = scaleProfiles.filter((profile) => profile !== "default");
  const changeOf = (profile: (typeof scaleProfiles)[number], choice: Choice) =>
    differences(base, lines(profile, choice));
  const singly = [
    ...others.map((profile) => [`scale profile ${profile}`, changeOf(profile, {})] as const),
    ...Object.entries(choices).map(([title, choice]) => [title, changeOf("default", choice)] as const),
  ];
  // Only where a scale profile changes something else than it does alone.
  const together = others.flatMap((profile) =>
    Object.entries(choices).flatMap(([title, choice]) => {
      const found = differences(lines("default", choice), lines(profile, choice));
      const same = isDeepStrictEqual(found, changeOf(profile, {}));
      return same
        ? []
        : [[`scale profile ${profile}, compared with the default one, ${title}`, found] as const];
    }),
  );
  const section = ([title, found]: readonly [string, readonly string[]]) =>
    [title, ...(found.length === 0 ? ["nothing"] : found).map((line) => `  ${line}`)].join("\n");
  return `${[section([`release ${release}`, base]), ...[...singly, ...together].map(section)].join("\n\n")}\n`;
}

test.each(releaseNames)(
  "what release %s is handed over is in its golden file; -u writes it",
  async (release) => {
    await expect(goldenText(release)).toMatchFileSnapshot(join(__dirname, "golden", `${release}.txt`));
  },
);

const switches = fc
  .record(Object.fromEntries(names.map((name) => [name, fc.boolean()])))
  .map((given) => Services.parse(given));

/** Environment files that the checks accept, by what decides on the hand-over. */
const accepted = fc
  .record({
    release: fc.constantFrom(...releaseNames),
    profile: fc.constantFrom(...scaleProfiles),
    services: switches,
    traefikRateLimit: fc.constantFrom(
      { source: "none" as const },
      { source: "profile" as const },
      { source: "own" as const, average: 1, burst: 1 },
    ),
    sizes: fc.record(
      {
        observabilitySize: fc.constantFrom("standard" as const, "large" as const),
        edgeInfrastructureSize: fc.constantFrom("standard" as const, "1k" as const, "10k" as const),
      },
      { requiredKeys: [] },
    ),
    certificate: fc.constantFrom("lets-encrypt" as const, "pem" as const),
  })
  .map(({ release, profile, services, traefikRateLimit, sizes, certificate }) => {
    const choice: Choice = { platform: { services, traefikRateLimit, ...sizes }, certificate };
    return { release, profile, choice };
  })
  .filter(
    ({ release, profile, choice }) =>
      serviceProblems(platformSettings(release, profile, choice)).length === 0,
  );

/** Asserts something of what is handed over, for combinations that the checks accept. */
function always(
  holds: (handOver: ReturnType<typeof handOverOf>, services: Switches, release: ReleaseName) => void,
): void {
  fc.assert(
    fc.property(accepted, ({ release, profile, choice }) => {
      const { services } = platformSettings(release, profile, choice);
      holds(handOverOf(release, profile, choice), services, release);
    }),
    { numRuns: 200 },
  );
}

/** Profiles of which one environment has at most one, or which contradict each other. */
const exclusive = [
  ["o11y-release", "o11y-release-large"],
  ["enable-edgeinfra", "enable-edgeinfra-1k"],
  ["enable-edgeinfra-1k", "enable-edgeinfra-10k"],
  ["enable-o11y", "eim-noobb"],
];

/** What the charts read in every environment: https://github.com/open-edge-platform/edge-manageability-framework/blob/v2026.0.0/installer/cluster_aws.tpl */
const required = [
  ...["project", "namespace", "clusterName", "clusterDomain", "deployRepoURL", "deployRepoRevision"],
  ...["targetServer", "autosync", "git.server", "aws.account", "aws.region", "aws.bucketPrefix"],
  ...["aws.efs.fsid", "aws.targetGroup.traefik", "aws.targetGroup.traefikGrpc", "aws.targetGroup.argocd"],
]
  .map((key) => `argo.${key}`)
  .concat("orchestratorDeployment.targetCluster");

describe("for every combination that the checks accept", () => {
  test("only profiles of the release are used, each once and in one order", () => {
    const pairs = new Set<string>();
    always(({ profiles }, _, release) => {
      expect(profiles.filter((profile) => !releases[release].profiles.includes(profile))).toEqual([]);
      expect(new Set(profiles).size).toBe(profiles.length);
      for (const [index, one] of profiles.entries())
        for (const later of profiles.slice(index + 1)) pairs.add(`${one} ${later}`);
    });
    const reversed = (pair: string) => pair.split(" ").toReversed().join(" ");
    expect([...pairs].filter((pair) => pairs.has(reversed(pair)))).toEqual([]);
  });

  test("no two profiles exclude each other, and the ingress has one rate limit", () => {
    always(({ profiles, values }) => {
      for (const group of exclusive)
        expect(profiles.filter((profile) => group.includes(profile)).length).toBeLessThan(2);
      const limits = [
        profiles.includes("default-traefik-rate-limit"),
        JSON.stringify(values).includes('"rateLimit"'),
      ];
      expect(limits.filter(Boolean).length).toBeLessThan(2);
    });
  });

  test("no value is missing", () => {
    always((handOver) => {
      const lines = linesOf(handOver);
      const missing = required.filter((key) => !lines.some((line) => line.startsWith(`value ${key}: `)));
      expect(missing).toEqual([]);
      expect(JSON.stringify(handOver.values)).not.toMatch(/undefined|NaN|\[object/);
    });
  });

  test("every Secret has a namespace and contents with every key, and every database exists", () => {
    const ids: readonly string[] = databases.map(({ id }) => id);
    always(({ secrets }, services, release) => {
      expect(neededDatabases(releases[release], services).filter((id) => !ids.includes(id))).toEqual([]);
      for (const secret of secrets) {
        const [placed = "", keys = ""] = secret.split(": ");
        // Of Gitea's own certificate, which is added with Gitea.
        if (placed === "gitea/gitea-tls-certs") continue;
        expect(Object.keys(releases[release].namespaces)).toContain(placed.split("/")[0]);
        const contents = contentsByName[placed]?.(ingredients);
        expect(Object.keys(contents?.data ?? {}), placed).toEqual(expect.arrayContaining(keys.split(", ")));
      }
    });
  });
});

/** A source of any key, as far as contents ask for it. */
const source = { at: (key: string) => key };
const ingredients = {
  sources: { user: () => source, database: () => source, given: () => source },
  readerEndpoint: "reader.example.com",
  srePrivateAuthority: false,
} as unknown as Ingredients;
