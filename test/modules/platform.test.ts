import { describe, expect, test } from "vitest";
import type { RawEnvironment } from "../synth";
import { loadConfig } from "../synth";

function problemsOf(edit: (raw: RawEnvironment) => void): string {
  try {
    loadConfig({ edit });
  } catch (error) {
    return String(error);
  }
  return "";
}
const withServices = (services: object) =>
  problemsOf((raw) => void Object.assign(raw.layers.platform.services, services));
const withRepository = (repository: object, release = "2026.0") =>
  problemsOf((raw) => {
    raw.layers.platform.release = release;
    Object.assign(raw.layers.argocd.repository, repository);
  });

describe("services", () => {
  test.each([
    [
      { clusterOrchestration: false },
      "applicationOrchestration: is true, but layers.platform.services.clusterOrchestration is false: applications are deployed to the clusters that cluster orchestration creates",
    ],
    [
      { edgeInfrastructure: false },
      "clusterOrchestration: is true, but layers.platform.services.edgeInfrastructure is false: clusters are created on the edge nodes that edge infrastructure manages",
    ],
    [{ sre: true, observability: false }, "it exports metrics that observability collects"],
    [{ alertEmails: true, observability: false }, "it sends alerts that observability raises"],
    [
      { vpro: true, edgeInfrastructure: false, clusterOrchestration: false, applicationOrchestration: false },
      "its programs are parts of edge infrastructure",
    ],
  ])("%j is refused", (services, message) => {
    expect(withServices(services)).toContain(message);
  });

  test("are accepted together with what they work with", () => {
    expect(withServices({ applicationOrchestration: false, clusterOrchestration: false })).toBe("");
    expect(withServices({ observability: false })).toBe("");
  });
});

test("one autoscaler scales the nodes, that of the platform or that of the argocd layer", () => {
  const both = withServices({ autoscaling: true });
  expect(both).toContain(
    "autoscaling: is true, but layers.argocd.clusterAutoscaler.enabled is true as well: two autoscalers would scale the same node groups",
  );
  const one = problemsOf((raw) => {
    raw.layers.platform.services.autoscaling = true;
    raw.layers.argocd.clusterAutoscaler = { enabled: false };
  });
  expect(one).toBe("");
});

test.each([
  ["layers.argocd.overrides", { "Harbor OCI": {} }, 'must be the name of an application, e.g. "harbor-oci"'],
  ["layers.argocd.overrides", { "harbor-oci": { a: ["${b}"] } }, "holds ${ or %{, which Terraform"],
  [
    "layers.platform.traefikRateLimit",
    { source: "profile", average: 1 },
    'average: does not go with source: "profile"',
  ],
  [
    "layers.platform.releaseService",
    {
      chartRepository: "https://registry.example.com",
      containerRegistry: "registry.example.com",
      ociRegistry: "registry.example.com/x",
      fileServer: "files.example.com",
    },
    'must be host and path without a scheme, e.g. "registry.example.com/edge-orch"',
  ],
  [
    "layers.platform.edgeNodeProxy",
    { httpProxy: "http://user:secret@proxy:1", httpsProxy: "http://proxy:1" },
    "holds a URL with a password",
  ],
  [
    "layers.platform.edgeNodeProxy",
    { httpProxy: "http://proxy:1", httpsProxy: "http://proxy:1", socksProxy: "http://proxy:1" },
    'e.g. "socks5://proxy.example.com:1080"',
  ],
])("%s is refused as %j", (path, value, message) => {
  const found = problemsOf((raw) => {
    const [, layer = "", setting = ""] = path.split(".");
    raw.layers[layer][setting] = value;
  });
  expect(found).toContain(message);
});

describe("the release", () => {
  test.each([
    [
      "3.1",
      'must be "2026.0" or "2025.2": its Vault takes access keys of an IAM user, which would be stored in the cluster',
    ],
    ["3.0", "stored in the cluster, and images that it needs were withdrawn"],
    ["2026.1", "releases since 2026.1 are installed with Helmfile instead of Argo CD"],
    ["4.0", "it is not a release that this product knows"],
    [2026.0, 'must be a release in quotes, e.g. "2026.0"'],
  ])("%j is refused with the reason", (release, message) => {
    expect(problemsOf((raw) => (raw.layers.platform.release = release))).toContain(message);
  });
});

describe("the revision", () => {
  test.each([
    [
      "main",
      '"main" is neither a commit nor a tag: Argo CD would deploy every later commit of a branch by itself',
    ],
    ["release-2026.0", '"release-2026.0" is neither a commit nor a tag'],
    ["0123abc", '"0123abc" is neither a commit nor a tag'],
    ["v2025.2.0", '"v2025.2.0" is of release 2025.2, but layers.platform.release is "2026.0"'],
    ["v3.1.3", '"v3.1.3" is of release 3.1, which cannot be installed: its Vault takes access keys'],
    [
      "refs/tags/v2026.1.0",
      '"refs/tags/v2026.1.0" is of release 2026.1, which cannot be installed: releases since 2026.1',
    ],
  ])("%s is refused", (revision, message) => {
    expect(withRepository({ revision })).toContain(message);
  });

  test.each(["87252cf4f0d3491488f05e9ab1b05fb9821631bd", "v2026.0.0", "v1.4.0-acme.2", "refs/tags/acme"])(
    "%s is accepted",
    (revision) => {
      expect(withRepository({ revision })).toBe("");
    },
  );

  test("can be a branch only if that is asked for, and of the release", () => {
    expect(withRepository({ revision: "main", allowMovingRevision: true })).toBe("");
    expect(withRepository({ revision: "release-2025.2", allowMovingRevision: true })).toContain(
      '"release-2025.2" is of release 2025.2, but layers.platform.release is "2026.0"',
    );
  });
});
