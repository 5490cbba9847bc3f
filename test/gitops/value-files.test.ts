import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { releaseNames, releases } from "../../gitops/releases";
import type { Services as Switches } from "../../gitops/releases/platform-release";
import { type Sizes, valueFiles } from "../../gitops/value-files";
import { Services } from "../../modules/platform/services";

const defaults = Services.parse({});
const sizes: Sizes = { observability: "standard", edgeInfrastructure: "standard" };

interface Given {
  readonly release?: (typeof releaseNames)[number];
  readonly services?: Partial<Switches>;
  readonly sizes?: Partial<Sizes>;
  readonly issueCertificates?: boolean;
  readonly limitRate?: boolean;
}

const profiles = (given: Given = {}) =>
  valueFiles({
    release: releases[given.release ?? "2026.0"],
    services: { ...defaults, ...given.services },
    sizes: { ...sizes, ...given.sizes },
    issueCertificates: given.issueCertificates ?? false,
    limitRate: given.limitRate ?? false,
  }).map((file) => /^orch-configs\/profiles\/(.*)\.yaml$/.exec(file)?.[1] ?? file);

test("the artifact registry is set last, because the platform's profiles do not contain it", () => {
  expect(profiles().at(-1)).toBe("artifact-rs-production-noauth");
});

test("certificates are issued only if that is asked for", () => {
  expect(profiles({ issueCertificates: true })).toContain("profile-autocert");
  expect(profiles()).not.toContain("profile-autocert");
});

test("the ingress has the platform's own rate limit only if that is asked for", () => {
  expect(profiles({ limitRate: true })).toContain("default-traefik-rate-limit");
  expect(profiles()).not.toContain("default-traefik-rate-limit");
});

test.each<[keyof Switches, string]>([
  ["observability", "enable-o11y"],
  ["kyverno", "enable-kyverno"],
  ["applicationOrchestration", "enable-app-orch"],
  ["clusterOrchestration", "enable-cluster-orch"],
  ["edgeInfrastructure", "enable-edgeinfra"],
  ["ui", "enable-full-ui"],
  ["sre", "enable-sre"],
  ["alertEmails", "alerting-emails"],
  ["singleTenancy", "enable-singleTenancy"],
  ["autoscaling", "enable-autoscaling"],
  ["explicitProxy", "enable-explicit-proxy"],
])("service %s is the profile %s", (service, profile) => {
  expect(profiles({ services: { [service]: true } })).toContain(profile);
  expect(profiles({ services: { [service]: false } })).not.toContain(profile);
});

test("observability brings a size, and without it edge nodes are managed without telemetry where the release can", () => {
  const off = { observability: false };
  expect(profiles({ sizes: { observability: "large" } })).toContain("o11y-release-large");
  expect(profiles({ sizes: { observability: "large" } })).not.toContain("o11y-release");
  expect(profiles({ services: off }).filter((name) => name.startsWith("o11y"))).toEqual([]);
  expect(profiles({ services: off })).toContain("eim-noobb");
  expect(profiles({ services: off, release: "2025.2" })).not.toContain("eim-noobb");
});

test("edge infrastructure is switched on by one profile, with the resources of its size", () => {
  const ofSize = (edgeInfrastructure: Sizes["edgeInfrastructure"]) =>
    profiles({ sizes: { edgeInfrastructure } }).filter((name) => name.includes("edgeinfra"));
  expect(["standard" as const, "1k" as const, "10k" as const].map(ofSize)).toEqual([
    ["enable-edgeinfra"],
    ["enable-edgeinfra-1k"],
    // The last has resources alone.
    ["enable-edgeinfra", "enable-edgeinfra-10k"],
  ]);
});

describe("for every release, services and sizes", () => {
  const given = fc.record({
    release: fc.constantFrom(...releaseNames),
    services: fc.record(Object.fromEntries(Object.keys(defaults).map((service) => [service, fc.boolean()]))),
    sizes: fc.record({
      observability: fc.constantFrom<Sizes["observability"]>("standard", "large"),
      edgeInfrastructure: fc.constantFrom<Sizes["edgeInfrastructure"]>("standard", "1k", "10k"),
    }),
    issueCertificates: fc.boolean(),
    limitRate: fc.boolean(),
  });

  test("only profiles of the release are used, each once", () => {
    fc.assert(
      fc.property(given, (choice) => {
        const used = profiles(choice);
        expect(used.filter((name) => !releases[choice.release].profiles.includes(name))).toEqual([]);
        expect(new Set(used).size).toBe(used.length);
      }),
    );
  });

  test("no two profiles exclude each other", () => {
    const exclusive = [
      ["o11y-release", "o11y-release-large"],
      ["enable-edgeinfra", "enable-edgeinfra-1k"],
      ["enable-edgeinfra-1k", "enable-edgeinfra-10k"],
      ["enable-o11y", "eim-noobb"],
    ];
    fc.assert(
      fc.property(given, (choice) => {
        const used = new Set(profiles(choice));
        for (const group of exclusive) expect(group.filter((name) => used.has(name)).length).toBeLessThan(2);
      }),
    );
  });
});

test("a profile that the release lacks is a fault of this product, not of the rollout", () => {
  const choice = {
    services: { ...defaults, singleTenancy: true },
    sizes,
    issueCertificates: false,
    limitRate: false,
  };
  expect(() => valueFiles({ ...choice, release: { profiles: [] } })).toThrow(
    'The release has no profile "enable-platform"',
  );
});
