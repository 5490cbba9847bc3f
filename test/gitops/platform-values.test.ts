import { describe, expect, test } from "vitest";
import { merged } from "../../gitops/merged";
import { type PlatformDecisions, platformValues } from "../../gitops/platform-values";
import { proxyVariables } from "../../gitops/proxy-values";
import { Services } from "../../modules/platform/services";

const defaults: PlatformDecisions = {
  services: Services.parse({}),
  srePrivateAuthority: false,
  proxies: { cluster: undefined, edgeNodes: undefined },
  rateLimit: undefined,
  releaseService: undefined,
};
const withServices = (services: object) =>
  platformValues({ ...defaults, services: { ...defaults.services, ...services } });

test("an environment with the defaults changes no value of the profiles", () => {
  expect(platformValues(defaults)).toEqual({});
});

test.each([true, false])(
  "the exporter of service levels trusts a private authority: %s",
  (srePrivateAuthority) => {
    const services = { ...defaults.services, sre: true };
    expect(platformValues({ ...defaults, services, srePrivateAuthority })).toEqual({
      o11y: { sre: { tls: { caSecretEnabled: srePrivateAuthority } } },
    });
  },
);

describe("a service that is off", () => {
  test("takes along what other profiles enable for it: applications", () => {
    expect(withServices({ applicationOrchestration: false })).toEqual({
      enabled: {
        "copy-app-gitea-cred-to-fleet": false,
        "copy-ca-cert-gitea-to-app": false,
        "copy-ca-cert-gitea-to-cluster": false,
        "copy-cluster-gitea-cred-to-fleet": false,
      },
    });
  });

  test("takes along what other profiles enable for it: user interface", () => {
    expect(withServices({ ui: false })).toEqual({
      enabled: { "metadata-broker": false, "web-ui-infra": false },
      cors: { enabled: false },
      // Without it, the chart of the user interface does not render.
      ui: { ingressInfraUi: false },
    });
  });

  test.each([
    [{ clusterOrchestration: false }, { disableCoProfile: true }],
    [{ observability: false }, { disableO11yProfile: true }],
    [
      { clusterOrchestration: false, observability: false },
      { disableCoProfile: true, disableO11yProfile: true },
    ],
  ])("installs no agents on edge nodes: %j", (services, onboarding) => {
    expect(withServices(services)).toEqual({ "infra-onboarding": onboarding });
  });
});

describe("proxies", () => {
  const cluster = {
    httpProxy: "http://proxy:3128",
    httpsProxy: "http://proxy:3129",
    noProxy: [".svc", "10.0.0.0/8"],
  };

  test("of the cluster and of edge nodes are handed over apart from each other", () => {
    const edgeNodes = { ...cluster, noProxy: [], socksProxy: "socks5://proxy:1080" };
    expect(platformValues({ ...defaults, proxies: { cluster, edgeNodes } })).toEqual({
      proxy: {
        httpProxy: "http://proxy:3128",
        httpsProxy: "http://proxy:3129",
        noProxy: ".svc,10.0.0.0/8",
        enHttpProxy: "http://proxy:3128",
        enHttpsProxy: "http://proxy:3129",
        enFtpProxy: "",
        enSocksProxy: "socks5://proxy:1080",
        enNoProxy: "",
      },
    });
  });

  test("are variables in both cases, because Git reads one and other programs the other", () => {
    expect(proxyVariables(cluster)).toMatchObject({
      http_proxy: "http://proxy:3128",
      HTTPS_PROXY: "http://proxy:3129",
      no_proxy: ".svc,10.0.0.0/8",
    });
    expect(proxyVariables(undefined)).toEqual({});
  });
});

test("a rate limit of one's own is given in the units of the chart", () => {
  const rateLimit = { average: 2000, periodSeconds: 60, burst: 1000, ipStrategyDepth: 1 };
  expect(platformValues({ ...defaults, rateLimit })).toEqual({
    traefik: { rateLimit: { average: 2000, period: "60s", burst: 1000, ipStrategyDepth: 1 } },
  });
});

test("a release service of one's own replaces every address of the publisher's", () => {
  const releaseService = {
    chartRepository: "registry.example.com/charts",
    containerRegistry: "registry.example.com/images",
    ociRegistry: "registry.example.com",
    fileServer: "files.example.com",
  };
  const values = platformValues({ ...defaults, releaseService });
  expect(values).toEqual({
    releaseService: { ociRegistry: "registry.example.com", fileServer: "files.example.com" },
    chartRepoURL: "registry.example.com/charts",
    rsChartRepoURL: "registry.example.com/charts",
    containerRegistryURL: "registry.example.com/images",
  });
});

test("values are merged as Helm does: maps by key, anything else replaced", () => {
  const first = { map: { a: 1, b: { c: 2 } }, list: [1, 2], text: "x" };
  expect(merged(first, { map: { b: { d: 3 } }, list: [3], text: null })).toEqual({
    map: { a: 1, b: { c: 2, d: 3 } },
    list: [3],
    text: null,
  });
});
