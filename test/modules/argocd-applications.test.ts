import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { releaseNames, releases } from "../../gitops/releases";
import { firstWave } from "../../gitops/third-party/values";
import { argocd } from "../../modules/argocd/layer";
import { loadConfig, type RawEnvironment, synthLayer } from "../synth";
import { examples } from "../gitops/examples";
import { recordedExpectations } from "../gitops/facts";
import { issue } from "../certificates";

const chart = {
  name: "shop",
  repository: "oci://registry.example.com/charts",
  chart: "shop",
  revision: "1.2.3",
  namespace: "shop",
};
const folder = {
  name: "exports",
  repository: "https://git.example.com/exports.git",
  path: "deploy",
  revision: "v1.0.0",
  namespace: "exports",
  wave: 5,
  values: { replicas: 2 },
};
const secretArn = "arn:aws:secretsmanager:us-west-2:111122223333:secret:shop-AbCdEf";

const given =
  (...applications: readonly object[]) =>
  (raw: RawEnvironment) => {
    raw.layers.argocd.applications = applications;
  };

const authority = () => issue({ name: "Authority", to: new Date("2099-01-01") }).certificate;
const [one, other] = [authority(), authority()];
const clusterResources = [{ group: "rbac.authorization.k8s.io", kind: "ClusterRole" }];
const edit = given(
  { ...chart, credentialsSecretArn: secretArn, certificateAuthority: one },
  {
    ...{ ...folder, credentialsSecretArn: secretArn, clusterResources },
    repository: "https://registry.example.com:8443/exports.git",
    certificateAuthority: other,
  },
);
const example = synthLayer(argocd, { edit });

/** Values of a release of the layer, with something in the place of each of Terraform's expressions. */
const valuesOf = (release: string, layer = example): RawEnvironment => {
  const [values = ""] = layer.resource("helm_release", release)["values"] as readonly string[];
  const read: unknown = parse(values.replace(/\$\{[^}]*\}/g, "expression"));
  return read;
};

/** Where Argo CD renders Applications from. */
interface Source {
  readonly helm: { readonly valuesObject: { readonly applications: Readonly<Record<string, object>> } };
}

const sourcesOf = (layer?: ReturnType<typeof synthLayer>) => {
  const sources: readonly Source[] = valuesOf("root-application", layer).applications["root-app"].sources;
  return sources;
};

describe("an application beside those of the platform", () => {
  test("is rendered by the root application, in a wave after all of the platform's", () => {
    const [, , source] = sourcesOf();
    expect(source).toMatchObject({
      repoURL: "https://argoproj.github.io/argo-helm",
      chart: "argocd-apps",
      targetRevision: "2.0.2",
    });
    const { shop, exports } = source?.helm.valuesObject.applications ?? {};
    expect(shop).toEqual({
      namespace: "example",
      additionalAnnotations: { "argocd.argoproj.io/sync-wave": "10000" },
      finalizers: ["resources-finalizer.argocd.argoproj.io"],
      project: "example.shop",
      source: { repoURL: "registry.example.com/charts", targetRevision: "1.2.3", chart: "shop" },
      destination: { namespace: "shop", server: "https://kubernetes.default.svc" },
      syncPolicy: expect.objectContaining({ automated: { prune: true, selfHeal: true } }),
    });
    expect(exports).toMatchObject({
      additionalAnnotations: { "argocd.argoproj.io/sync-wave": "10005" },
      source: { path: "deploy", targetRevision: "v1.0.0", helm: { valuesObject: { replicas: 2 } } },
    });
  });

  test("needs no further source where there is none", () => {
    expect(sourcesOf(synthLayer(argocd))).toHaveLength(2);
  });

  test.each(examples)("has a wave after those of release $release, everything: $everything", (example) => {
    const waves = measured(example).map(({ wave }) => wave);
    expect(waves.length).toBeGreaterThan(0);
    expect(Math.max(...waves)).toBeLessThan(firstWave);
  });

  test("has a project with its repository and its namespace only, which outlives it", () => {
    const { projects } = valuesOf("platform-project");
    expect(projects["example.shop"]).toEqual({
      namespace: "argocd",
      additionalAnnotations: { "helm.sh/resource-policy": "keep" },
      description: "The application shop, which is none of the platform",
      sourceNamespaces: ["example"],
      sourceRepos: ["registry.example.com/charts"],
      destinations: [{ namespace: "shop", server: "https://kubernetes.default.svc" }],
    });
  });

  test("has kinds without a namespace only where the environment file names them", () => {
    expect(valuesOf("platform-project").projects["example.exports"]).toMatchObject({
      destinations: [{ namespace: "exports" }],
      clusterResourceWhitelist: clusterResources,
    });
  });

  test("has its namespace before Argo CD begins, because it may create none", () => {
    expect(example.resource("kubernetes_namespace_v1", "namespace-shop")).toMatchObject({
      metadata: { name: "shop" },
    });
  });

  test("reads a private registry with credentials that no other project can use", () => {
    const secret = example.resource("kubernetes_secret_v1", "secret-argocd-application-shop");
    expect(secret["metadata"]).toMatchObject({
      labels: { "argocd.argoproj.io/secret-type": "repository" },
    });
    expect(secret["data_wo"]).toMatchObject({
      type: "helm",
      enableOCI: "true",
      project: "example.shop",
      url: "registry.example.com/charts",
      username: expect.stringContaining("application-shop"),
    });
    const after = example.resource("helm_release", "argocd")["depends_on"];
    expect(after).toContain("kubernetes_secret_v1.secret-argocd-application-shop");
  });

  test("reads a private Git repository as one", () => {
    const { data_wo: data } = example.resource("kubernetes_secret_v1", "secret-argocd-application-exports");
    expect(data).toMatchObject({ type: "git", url: "https://registry.example.com:8443/exports.git" });
    expect(data).not.toHaveProperty("enableOCI");
  });

  test("adds a private authority for its own server", () => {
    expect(valuesOf("argocd").configs.tls.certificates).toEqual({
      "registry.example.com": `${one}\n${other}`,
    });
  });

  test("is deleted with its project still there, by destroy as well", () => {
    const { environment, settings } = loadConfig({ edit });
    const rollout = argocd.rollout?.({
      ...{ environment, settings: settings["argocd"], from: {} },
      needs: { platform: settings["platform"], lbWaf: settings["lb-waf"] },
      // What it reads of an applied layer.
    } as never);
    const { projects } = valuesOf("platform-project");
    expect(Object.keys(rollout?.projects ?? {})).toEqual(Object.keys(projects as object));
    expect(projects["example.shop"]).toMatchObject(rollout?.projects["example.shop"] ?? {});
  });
});

describe("an environment file is refused", () => {
  const refusal = (...applications: readonly object[]) => {
    try {
      loadConfig({ edit: given(...applications) });
      return "";
    } catch (error) {
      return String(error);
    }
  };

  test.each<readonly [string, object, string]>([
    [
      "with the name of the root application",
      { name: "root-app" },
      '"root-app" is the name of an application of the platform',
    ],
    [
      "with a name of the platform's",
      { name: "vault" },
      '"vault" is the name of an application of the platform\'s release 2026.0',
    ],
    ["with a name that YAML reads as a truth value", { name: "on" }, "must be a name of lower-case letters"],
    [
      "with a namespace of the platform",
      { namespace: "orch-infra" },
      '"orch-infra" is a namespace of Kubernetes, of Argo CD or of the platform',
    ],
    ["with a namespace of Kubernetes", { namespace: "kube-system" }, '"kube-system" is a namespace'],
    ["with Argo CD's namespace", { namespace: "argocd" }, '"argocd" is a namespace'],
    ["with the namespace of the Applications", { namespace: "example" }, '"example" is a namespace'],
    ["with a range of versions", { revision: "1.x" }, '"1.x" is not an exact version of the chart'],
    [
      "with a range of versions, even if branches are accepted",
      { revision: "1.x", allowMovingRevision: true },
      '"1.x" is not an exact version of the chart',
    ],
    ["with chart and path", { path: "deploy" }, "is set together with path"],
    ["without chart and path", { chart: undefined }, "has neither path nor chart beside it"],
    [
      "with a folder of a registry",
      { chart: undefined, path: "deploy" },
      "is a folder of a Git repository, but repository is an oci:// address",
    ],
    [
      "with a repository over HTTP",
      { repository: "http://git.example.com" },
      "must be an https:// or oci:// address of a repository",
    ],
    [
      "with a chart that its registry's address names as well",
      { repository: "oci://registry.example.com/charts/shop/" },
      'ends with the name of the chart, which is added to it: the chart would be read at oci://registry.example.com/charts/shop/shop\n    Specify "oci://registry.example.com/charts"',
    ],
    [
      "with a folder outside of its repository",
      { ...folder, name: "shop", path: "a/../../b" },
      "must be a path relative to the root of the repository, without ..",
    ],
    [
      "with a tag that Git does not accept, even if branches are accepted",
      { ...folder, name: "shop", chart: undefined, revision: "refs/tags/a b", allowMovingRevision: true },
      '"refs/tags/a b" is not the name of a tag or branch that Git accepts',
    ],
    [
      "with values that Terraform would evaluate",
      { values: { a: "${path.root}" } },
      "holds ${ or %{, which Terraform would evaluate",
    ],
    [
      "with a kind that is none",
      { clusterResources: [{ group: "", kind: "namespaces" }] },
      'must be a kind, e.g. "ClusterRole"',
    ],
    [
      "with a secret of another Region",
      { credentialsSecretArn: secretArn.replace("us-west-2", "us-east-1") },
      "secrets are read in the environment's account and Region",
    ],
  ])("%s", (_title, change, message) => {
    const text = refusal(folder, { ...chart, ...change });
    expect(text).toContain(message);
    expect(text).toContain("layers.argocd.applications[1]");
  });

  test("with two applications of one name", () => {
    expect(refusal(chart, { ...folder, name: "shop" })).toContain(
      "layers.argocd.applications[1]: has the name of layers.argocd.applications[0]",
    );
  });

  test("with one problem for one address", () => {
    expect(refusal({ ...folder, repository: "git@github.com:x/y" })).toContain("it has 1 problem");
    expect(refusal({ ...folder, repository: "http://git.example.com/x" })).toContain("it has 1 problem");
  });

  test.each([".", ".deploy/prod", "./deploy"])("not for the folder %s of a Git repository", (path) => {
    expect(refusal({ ...folder, path })).toBe("");
  });

  test("with a branch, unless it accepts one", () => {
    expect(refusal({ ...folder, revision: "main" })).toContain('"main" is neither a commit nor a tag');
    expect(refusal({ ...folder, revision: "main", allowMovingRevision: true })).toBe("");
  });

  test("with a mirror of the chart that renders them, which Argo CD cannot read", () => {
    const mirrored = (host: string) => () =>
      loadConfig({
        edit: (raw) => {
          raw.layers.argocd.applications = [chart];
          raw.layers.argocd.chartRepositories = { "argocd-apps": `oci://${host}/charts` };
        },
      });
    expect(mirrored("111122223333.dkr.ecr.us-west-2.amazonaws.com")).toThrow(
      "needs a login, which Argo CD does not have",
    );
    expect(mirrored("public.ecr.aws")).not.toThrow();
  });

  test("not for two applications of one namespace", () => {
    expect(refusal(chart, { ...folder, namespace: "shop" })).toBe("");
  });
});

test.each(releaseNames)("the applications of release %s are known by their names", (release) => {
  const { applications } = releases[release];
  expect(new Set(applications).size).toBe(applications.length);
  const found = examples
    .filter((one) => one.release === release)
    .flatMap(measured)
    .map(({ application }) => application);
  expect(found.length).toBeGreaterThan(0);
  // What the chart of applications itself expects is that of the root application.
  expect(applications).toEqual(expect.arrayContaining(found.filter((name) => name !== "root-app")));
});

/** What a release's applications were seen to expect. */
function measured(of: (typeof examples)[number]) {
  const names = {
    environment: "x",
    domain: "x",
    account: "1",
    partition: "aws",
    bucketPrefix: "x",
    roles: "x",
  };
  return recordedExpectations(of, names).expectations;
}
