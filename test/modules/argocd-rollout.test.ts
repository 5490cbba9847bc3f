import { expect, test } from "vitest";
import { releases } from "../../gitops/releases";
import { argocd } from "../../modules/argocd/layer";
import { eks } from "../../modules/eks/layer";
import { surveyActions } from "../../scripts/provision/aws/questions";
import { loadConfig, synthLayer } from "../synth";

const { environment, settings } = loadConfig();

/** What the layer's rollout is, with these changes of settings, on target groups of these names. */
function rolloutWith(
  change: { readonly gitea?: object; readonly lbWaf?: object; readonly platform?: object } = {},
) {
  const own = settings["argocd"] as Record<string, unknown>;
  const lbWaf = {
    targetGroupArns: { traefik: "arn:traefik", argocd: "arn:argocd", gitea: "arn:gitea" },
    optionalTargetGroupArns: { vpro: "arn:vpro" },
  };
  return argocd.rollout?.({
    environment,
    settings: { ...own, ...(change.gitea === undefined ? {} : { gitea: change.gitea }) },
    needs: {
      platform: { ...(settings["platform"] as object), ...change.platform },
      lbWaf: { ...(settings["lb-waf"] as object), ...change.lbWaf },
    },
    from: { lbWaf: () => Promise.resolve(lbWaf) },
    // What it reads of an applied layer.
  } as never);
}

test("the applications are those of the environment's namespace, in its project", () => {
  const { name } = environment;
  expect(rolloutWith()).toMatchObject({
    ...{ argocdNamespace: "argocd", namespace: name, rootApplication: "root-app", automatic: true },
    projects: { [name]: { sourceNamespaces: [name], sourceRepos: ["*"] } },
  });
});

test("the project that a drain creates again is the one that the layer installs", () => {
  const text = JSON.stringify(synthLayer(argocd).json.resource);
  const project = rolloutWith()?.projects[environment.name] ?? {};
  for (const [key, value] of Object.entries(project)) {
    expect(text).toContain(key);
    for (const word of JSON.stringify(value).match(/[A-Za-z][\w.:/-]+/g) ?? []) expect(text).toContain(word);
  }
});

test.each(Object.keys(releases) as (keyof typeof releases)[])(
  "every name of release %s is looked up",
  async (release) => {
    const { hosts = [] } = (await rolloutWith({ platform: { release } })?.entrance()) ?? {};
    const domain = "example.edge.example.com";
    expect(hosts).toEqual(expect.arrayContaining([domain, `argocd.${domain}`, `gitea.${domain}`]));
    expect(hosts).toContain(`${releases[release].bootIngress.host}.${domain}`);
    expect(new Set(hosts).size).toBe(hosts.length);
  },
);

test("targets are expected of what is on", async () => {
  const all = await rolloutWith()?.entrance();
  expect(Object.keys(all?.targetGroupArns ?? {})).toEqual(["traefik", "argocd", "vpro", "gitea"]);
  const without = await rolloutWith({ gitea: { enabled: false } })?.entrance();
  expect(Object.keys(without?.targetGroupArns ?? {})).toEqual(["traefik", "argocd", "vpro"]);
  expect(without?.securedHosts.some((host) => host.startsWith("gitea."))).toBe(false);
});

test("what internal load balancers serve is known to be internal", async () => {
  expect((await rolloutWith()?.entrance())?.internal).toBe(false);
  expect((await rolloutWith({ lbWaf: { scheme: "internal" } })?.entrance())?.internal).toBe(true);
});

test("the cluster is that of eks", () => {
  const outputs = { clusterName: "prod", endpoint: "https://4711", certificateAuthority: "UEVN" };
  // What it reads of an applied layer.
  expect(eks.cluster?.({ outputs } as never)).toEqual({
    name: "prod",
    url: "https://4711",
    authority: "UEVN",
  });
});

test("the deployer may ask for the health of targets", () => {
  expect(surveyActions([argocd], loadConfig())).toContain("elasticloadbalancing:DescribeTargetHealth");
  expect(surveyActions([eks], loadConfig())).not.toContain("elasticloadbalancing:DescribeTargetHealth");
});
