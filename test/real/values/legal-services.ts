import fc from "fast-check";
import { issue } from "../../certificates";
import { type Legal, legal, legalOf } from "./legal";
import type { Place } from "./place";
import { reason } from "./text";

const credentials = (name: string) =>
  fc.record({
    credentialsFile: fc.constant(`credentials/${name}.json`),
    credentialsVersion: fc.integer({ min: 1, max: 1_000_000 }),
  });

const trail = fc.oneof(
  fc.record({
    enabled: fc.constant(true),
    cisAlarms: fc.boolean(),
    retentionDays: fc.integer({ min: 90, max: 3650 }),
  }),
  fc.record({ enabled: fc.constant(false), reason }),
);
const email = fc.constantFrom(
  "ops@example.com",
  "on.call+edge@example.co.uk",
  "o'neil@example.org",
  "r&d@example.xn--p1ai",
);
const budget = fc.record({
  monthlyUsd: fc.integer({ min: 1, max: 1_000_000 }),
  thresholdsPercent: fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 4 }),
  covers: fc.constantFrom("account", "environment"),
});

const queryLog = fc.oneof(
  fc.record({ enabled: fc.constant(true), retentionDays: fc.constantFrom(30, 365, 3653) }),
  fc.constant({ enabled: false }),
);
// The first one is for the release service, the second for the platform.
const authorities = fc.constantFrom(
  [],
  ["amazon.com", "letsencrypt.org"],
  ["letsencrypt.org", "awstrust.com"],
);
const zoneId = fc.stringMatching(/^Z[A-Z0-9]{12,20}$/);

/** Certificate and zones, as far as they go together. */
const domain = (place: Place) => {
  const { partition, account, region } = place;
  const arn = `arn:${partition}:acm:${region}:${account}:certificate/12345678-1234-1234-1234-123456789012`;
  const secretArn = `arn:${partition}:secretsmanager:${region}:${account}:secret:tls/edge-AbCdEf`;
  const requested = fc.record(
    { source: fc.constant("lets-encrypt"), adminEmail: email },
    { requiredKeys: ["source"] },
  );
  const existing = fc.constant({ source: "existing", arn, secretArn });
  // Its default, lets-encrypt, is for this partition only.
  const issued = partition === "aws" ? fc.oneof(fc.constant(undefined), requested, existing) : existing;
  const states = [
    "unsigned",
    ...(partition === "aws-cn" ? [] : ["signed"]),
    ...(partition === "aws-cn" || "root" in place.domain ? [] : ["delegated"]),
  ];
  const fresh = fc.record(
    {
      source: fc.constant("new"),
      parentZoneId: zoneId,
      nsTtlSeconds: fc.integer({ min: 60, max: 172800 }),
      queryLog,
      certificateAuthorities: authorities,
      dnssec: fc.constantFrom(...states),
    },
    { requiredKeys: ["source"] },
  );
  const adopted = fc
    .tuple(zoneId, zoneId)
    .filter(([a, b]) => a !== b)
    .map(([publicZoneId, privateZoneId]) => ({ source: "existing", publicZoneId, privateZoneId }));
  return fc.oneof(
    fc.tuple(issued, fc.oneof(fresh, adopted)),
    fc.tuple(existing, fc.constant({ source: "none" })),
  );
};

const authority = issue({ name: "Authority", to: new Date("2099-01-01T00:00:00Z") }).certificate;

const chart = fc.constantFrom("10.4.0", "12.0.1");
const charts = ["argo-cd", "argocd-apps", "aws-load-balancer-controller", "cluster-autoscaler", "gitea"];
const mirror = fc.constantFrom("https://charts.example.com:8443/stable", "oci://registry.example.com/charts");
const chartRepositories = fc.record(Object.fromEntries(charts.map((name) => [name, mirror])), {
  requiredKeys: [],
});
const digests = fc.record(
  Object.fromEntries(charts.map((name) => [name, fc.constant(`sha256:${"0123456789abcdef".repeat(4)}`)])),
  { requiredKeys: [] },
);
/** Only an OCI registry has digests. */
const sources = fc
  .tuple(chartRepositories, digests)
  .map(([repositories, all]) => [
    repositories,
    Object.fromEntries(
      Object.entries(all).filter(([name]) => String(repositories[name]).startsWith("oci://")),
    ),
  ]);
const onOrOff = (parts: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
  fc.oneof(
    fc.record({ enabled: fc.constant(true), ...parts }, { requiredKeys: ["enabled"] }),
    fc.constant({ enabled: false }),
  );

const services = fc
  .record({
    ...{ observability: fc.boolean(), sre: fc.boolean(), alertEmails: fc.boolean() },
    ...{ applicationOrchestration: fc.boolean(), clusterOrchestration: fc.boolean() },
    ...{ edgeInfrastructure: fc.boolean(), vpro: fc.boolean(), kyverno: fc.boolean(), ui: fc.boolean() },
    ...{ singleTenancy: fc.boolean(), explicitProxy: fc.boolean() },
  })
  .map((chosen) => {
    const clusterOrchestration = chosen.clusterOrchestration && chosen.edgeInfrastructure;
    return {
      ...{ ...chosen, clusterOrchestration },
      applicationOrchestration: chosen.applicationOrchestration && clusterOrchestration,
      vpro: chosen.vpro && chosen.edgeInfrastructure,
      sre: chosen.sre && chosen.observability,
      alertEmails: chosen.alertEmails && chosen.observability,
    };
  });

const secretArn = (name: string, { partition, region, account }: Place) =>
  `arn:${partition}:secretsmanager:${region}:${account}:secret:${name}-AbCdEf`;

/** The secrets of services that are on, and perhaps others. */
function secretsFor(
  { alertEmails, sre }: { readonly alertEmails: boolean; readonly sre: boolean },
  place: Place,
): fc.Arbitrary<unknown> {
  const arn = (name: string) => fc.constant(secretArn(name, place));
  const required = {
    ...(alertEmails ? { smtpSecretArn: arn("smtp") } : {}),
    ...(sre ? { sreSecretArn: arn("sre") } : {}),
  };
  const optional = {
    smtpSecretArn: arn("smtp"),
    sreSecretArn: arn("sre"),
    releaseServiceSecretArn: arn("token"),
  };
  return fc.record(
    { ...optional, srePrivateAuthority: fc.boolean() },
    { requiredKeys: Object.keys(required) as (keyof typeof optional)[] },
  );
}

/** Application orchestration creates its repositories there. */
function giteaFor({ applicationOrchestration }: { readonly applicationOrchestration: boolean }) {
  const storageGibibytes = fc.integer({ min: 1, max: 16384 });
  const either = onOrOff({ chartVersion: chart, imageTag: chart, storageGibibytes });
  return applicationOrchestration ? either.filter(({ enabled }) => enabled) : either;
}

// The platform's autoscaler and that of the argocd layer exclude each other.
const servicesAndAutoscaler = fc
  .tuple(services, onOrOff({ chartVersion: chart }), fc.boolean())
  .map(
    ([chosen, autoscaler, platformScales]) =>
      [{ ...chosen, autoscaling: platformScales && !autoscaler.enabled }, autoscaler] as const,
  );

const rateLimit = fc.oneof(
  fc.constantFrom({ source: "none" }, { source: "profile" }),
  fc.record(
    {
      source: fc.constant("own"),
      average: fc.integer({ min: 1, max: 1_000_000 }),
      periodSeconds: fc.integer({ min: 1, max: 3600 }),
      burst: fc.integer({ min: 1, max: 1_000_000 }),
      ipStrategyDepth: fc.integer({ min: 0, max: 10 }),
    },
    { requiredKeys: ["source", "average", "burst"] },
  ),
);

const edgeNodeProxy = fc.record(
  {
    httpProxy: fc.constantFrom("http://proxy.example.com:3128", "https://10.0.0.1:443"),
    httpsProxy: fc.constant("http://proxy.example.com:3128"),
    ftpProxy: fc.constant("http://proxy.example.com:3128"),
    socksProxy: fc.constantFrom("socks5://proxy.example.com:1080", "socks4a://10.0.0.1:1080"),
    noProxy: fc.subarray([".example.com", "10.0.0.0/8", "intranet"]),
  },
  { requiredKeys: ["httpProxy", "httpsProxy"] },
);

const releaseService = fc.record({
  chartRepository: fc.constantFrom("registry.example.com/edge-orch", "10.0.0.1:5000/a_b/c-d"),
  containerRegistry: fc.constant("registry.example.com:5000/edge-orch"),
  ociRegistry: fc.constantFrom("registry.example.com", "registry.example.com:5000"),
  fileServer: fc.constant("files.example.com"),
});

/** Applications beside the platform's, whose names differ. */
const applications = (place: Place) => {
  const shared = {
    namespace: fc.constantFrom("shop", "shop-data", "9"),
    wave: fc.integer({ min: 0, max: 9999 }),
    values: fc.constantFrom({}, { replicas: 2, list: [{ a: "b" }] }),
    clusterResources: fc.subarray([
      { group: "", kind: "Namespace" },
      { group: "rbac.authorization.k8s.io", kind: "ClusterRole" },
    ]),
    credentialsSecretArn: fc.constant(secretArn("git/shop", place)),
    certificateAuthority: fc.constant(authority),
  };
  const optional = (required: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
    fc.record({ ...shared, ...required }, { requiredKeys: ["namespace", ...Object.keys(required)] as never });
  const ofChart = optional({
    name: fc.constantFrom("shop", "a", "x1-2"),
    repository: mirror,
    chart: fc.constantFrom("shop", "a_b.c-d"),
    revision: fc.constantFrom("1.2.3", "v0.1.0-rc.1"),
  });
  const ofFolder = optional({
    name: fc.constantFrom("exports", "b-c"),
    repository: fc.constantFrom("https://git.example.com/a/b.git", "https://github.com/example/shop"),
    path: fc.constantFrom("deploy", "a/b.c/d"),
    revision: fc.constantFrom("v1.2.3", "refs/tags/ours", "0123456789abcdef0123456789abcdef01234567"),
  });
  const moving = ofFolder.map((one) => ({ ...one, allowMovingRevision: true, revision: "main" }));
  return fc.uniqueArray(fc.oneof(ofChart, ofFolder, moving), {
    maxLength: 3,
    selector: (one) => String((one as { readonly name?: unknown }).name),
  });
};

/** Settings of the other layers. */
export const legalServices: readonly Legal[] = [
  legalOf("layers.registry-cache.enabled", ({ partition }) =>
    partition === "aws" ? fc.boolean() : fc.constant(false),
  ),
  legal(
    [
      ...["layers.platform.services", "layers.argocd.clusterAutoscaler"],
      ...["layers.platform.secrets", "layers.argocd.gitea"],
    ],
    (place) =>
      servicesAndAutoscaler.chain(([chosen, autoscaler]) =>
        fc
          .tuple(secretsFor(chosen, place), giteaFor(chosen))
          .map(([secrets, gitea]) => [chosen, autoscaler, secrets, gitea]),
      ),
  ),
  legalOf("layers.platform.traefikRateLimit", () => rateLimit),
  legalOf("layers.platform.edgeNodeProxy", () => edgeNodeProxy),
  legalOf("layers.platform.releaseService", () => releaseService),
  legalOf("layers.argocd.overrides", () =>
    fc.constantFrom(
      { "harbor-oci": { trivy: { enabled: true } } },
      { traefik: {}, vault: { list: [1, "a"] } },
    ),
  ),
  legalOf("layers.registry-cache.withoutAccount", () => fc.subarray(["k8s", "public", "quay"])),
  legalOf("layers.registry-cache.docker", () => credentials("docker")),
  legalOf("layers.registry-cache.ghcr", () => credentials("ghcr")),
  legalOf("layers.audit.trail", () => trail),
  legalOf("layers.audit.alarmEmails", () => fc.uniqueArray(email)),
  legalOf("layers.audit.budget", ({ partition }) =>
    partition === "aws-us-gov" ? fc.constant(undefined) : budget,
  ),
  legal(["layers.route53.certificate", "layers.route53.zones"], domain),
  legalOf("layers.argocd.argocd.adminPasswordSecretArn", (place) =>
    fc.constantFrom(undefined, secretArn("argocd", place)),
  ),
  legalOf("layers.argocd.repository.credentialsSecretArn", (place) =>
    fc.constantFrom(undefined, secretArn("git/deploy", place)),
  ),
  legalOf("layers.argocd.repository.certificateAuthority", () => fc.constantFrom(undefined, authority)),
  legalOf("layers.argocd.repository.url", () =>
    fc.constantFrom("https://git.example.com/platform/emf.git", "https://github.com/example/fork"),
  ),
  legalOf("layers.argocd.repository.revision", () =>
    fc.constantFrom("v1.2.3", "refs/tags/ours", "0123456789abcdef0123456789abcdef01234567"),
  ),
  legalOf("layers.argocd.repository.applicationsPath", () => fc.constantFrom("argocd/applications", "apps")),
  legalOf("layers.argocd.repository.valueFiles", () =>
    fc.constantFrom(["orch-configs/clusters/example.yaml"], ["a.yaml", "b/c.yaml"]),
  ),
  legalOf("layers.argocd.argocd.chartVersion", () => chart),
  legalOf("layers.argocd.loadBalancerControllerChartVersion", () => chart),
  legal(["layers.argocd.chartRepositories", "layers.argocd.chartDigests"], () => sources),
  legalOf("layers.argocd.applications", applications),
];
