import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { argocd } from "../../modules/argocd/layer";
import { serviceAccountsOf } from "../../modules/pod-roles/programs";
import { environmentName } from "../../lib/layer/environment-name";
import { versions } from "../../lib/aws-facts/kubernetes-versions";
import { loadConfig, type RawEnvironment, synthLayer, type SynthesisedLayer } from "../synth";

interface Values {
  readonly itemTemplates: readonly { readonly items: object; readonly template: unknown }[];
  readonly applications: {
    readonly "root-app": {
      readonly sources: readonly { readonly helm: { readonly [key: string]: unknown } }[];
    };
  };
}

const layer = synthLayer(argocd);
// Terraform fills placeholders in before Helm reads the document; here each becomes its own text.
const evaluated = (document: string) =>
  document.replaceAll(/\$\{([^}]*)\}/g, (_, expression: string) => expression.replaceAll('"', ""));
const values = (id: string, of: SynthesisedLayer = layer): Values => {
  // The layer renders exactly one document of values for each chart.
  const documents = of.resource("helm_release", id)["values"] as [string];
  // What the tests below read of it.
  return parse(evaluated(documents[0])) as Values;
};
const provider = (name: string) => layer.json.provider?.[name]?.[0];

describe("access to the cluster", () => {
  test("uses the cluster's own URL, unless the variable overrides it", () => {
    const host = "${coalesce(var.cluster_endpoint, data.terraform_remote_state.eks.outputs.endpoint)}";
    expect(provider("kubernetes")).toMatchObject({ host });
    expect(provider("helm")).toMatchObject({ kubernetes: { host } });
    expect(layer.json.variable?.["cluster_endpoint"]).toMatchObject({ default: "", type: "string" });
  });

  test("verifies the certificate against the cluster's own name, also through a port forward", () => {
    expect(provider("kubernetes")).toMatchObject({
      tls_server_name: '${trimprefix(data.terraform_remote_state.eks.outputs.endpoint, "https://")}',
      cluster_ca_certificate: "${base64decode(data.terraform_remote_state.eks.outputs.certificateAuthority)}",
    });
  });

  test("needs no stored token: the AWS CLI fetches one on demand", () => {
    expect(JSON.stringify(layer.json)).not.toMatch(/"token"/);
    expect(provider("helm")).toMatchObject({
      kubernetes: { exec: { command: "aws", args: expect.arrayContaining(["get-token", "us-west-2"]) } },
    });
  });
});

describe("storage classes", () => {
  test("encrypt volumes with the cluster's key by default", () => {
    expect(layer.resource("kubernetes_storage_class_v1", "gp3")).toMatchObject({
      metadata: { annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
      parameters: { encrypted: "true", kmsKeyId: expect.stringContaining("keyArns.eks") },
    });
  });

  test("leave annotations of others alone when the mark of the default is restored", () => {
    const { metadata } = layer.resource("kubernetes_storage_class_v1", "gp3");
    const another = { "kubernetes.io/description": "Encrypted volume of one pod" };
    expect(metadata).toMatchObject({ annotations: another });
  });

  test.each(["999", "1000"])(
    "give user %s its own directories on the shared file system, with TLS",
    (user) => {
      expect(layer.resource("kubernetes_storage_class_v1", `efs-${user}`)).toMatchObject({
        mount_options: ["tls"],
        parameters: { provisioningMode: "efs-ap", directoryPerms: "700", uid: user, gid: user },
      });
    },
  );
});

describe("the load balancer controller", () => {
  const roleOf = (of: SynthesisedLayer) =>
    JSON.stringify(of.resource("helm_release", "aws-load-balancer-controller"));

  test("has a role annotation only if the environment uses IRSA", () => {
    const irsa = synthLayer(argocd, { edit: (raw) => (raw.layers.eks = { podIdentity: "irsa" }) });
    expect(roleOf(layer)).not.toContain("eks.amazonaws.com/role-arn");
    expect(roleOf(irsa)).toMatch(/eks\.amazonaws\.com\/role-arn.*podRoleArns/);
  });
});

describe("the cluster autoscaler", () => {
  const valuesOf = (edit: (raw: { layers: Record<string, unknown> }) => void = () => undefined) =>
    JSON.stringify(synthLayer(argocd, { edit }).resource("helm_release", "cluster-autoscaler")["values"]);

  test.each(versions)("has the version for Kubernetes %s", (version) => {
    expect(valuesOf((raw) => (raw.layers["eks"] = { version }))).toContain(`tag: \\"v${version}.`);
  });

  test("has a role annotation only if the environment uses IRSA", () => {
    expect(valuesOf()).not.toContain("eks.amazonaws.com/role-arn");
    expect(valuesOf((raw) => (raw.layers["eks"] = { podIdentity: "irsa" }))).toMatch(
      /eks\.amazonaws\.com\/role-arn.*podRoleArns[^}]*cluster-autoscaler/,
    );
  });

  test("runs as the service account that has its role", () => {
    expect(serviceAccountsOf("cluster-autoscaler")).toEqual([
      { namespace: "kube-system", name: "cluster-autoscaler" },
    ]);
    expect(layer.resource("helm_release", "cluster-autoscaler")).toMatchObject({ namespace: "kube-system" });
    expect(valuesOf()).toContain('name: \\"cluster-autoscaler\\"');
  });

  test("can be disabled in favour of the platform's", () => {
    const off = synthLayer(argocd, {
      edit: (raw) => (raw.layers.argocd.clusterAutoscaler = { enabled: false }),
    });
    expect(off.all("helm_release")).not.toHaveProperty("cluster-autoscaler");
  });
});

describe("the hand-over to the platform's charts", () => {
  const handedOver = (of?: SynthesisedLayer) =>
    values("root-application", of).applications["root-app"].sources[0]!.helm["valuesObject"];
  const earlier = (layerName: string, output: string) =>
    `data.terraform_remote_state.${layerName}.outputs.${output}`;

  test("gives each target group, the file system and the buckets by what they are for", () => {
    expect(handedOver()).toMatchObject({
      argo: {
        aws: {
          bucketPrefix: earlier("object-store", "bucketPrefix"),
          efs: { fsid: earlier("efs", "fileSystemId") },
          targetGroup: {
            traefik: earlier("lb-waf", "targetGroupArns.traefik"),
            traefikGrpc: earlier("lb-waf", "targetGroupArns[traefik-grpc]"),
            argocd: earlier("lb-waf", "targetGroupArns.argocd"),
          },
        },
      },
    });
  });

  test("gives the roles by whose they are, where the charts could not tell their ARNs", () => {
    const role = (program: string) => earlier("pod-roles", `podRoleArns${program}`);
    const serviceAccount = { annotations: { "eks.amazonaws.com/role-arn": role(".observability") } };
    const elsewhere = synthLayer(argocd, { edit: (raw) => (raw.iam = { path: "/edge/" }) });
    expect(handedOver(elsewhere)).toMatchObject({
      postCustomTemplateOverwrite: {
        "platform-autocert": { autoCert: { aws: { role: role("[cert-manager]") } } },
        "edgenode-observability": { loki: { serviceAccount }, "mimir-distributed": { serviceAccount } },
      },
    });
  });
});

describe("charts", () => {
  test("are installed with exact versions, in an order that works on an empty cluster", () => {
    const releases = Object.entries(layer.all("helm_release"));
    expect(releases.map(([id, { version }]) => [id, version])).toEqual([
      ["argocd", "9.5.11"],
      ["argocd-certificate", "2.0.2"],
      ["aws-load-balancer-controller", "1.13.4"],
      ["cluster-autoscaler", "9.59.0"],
      ["gitea", "10.4.0"],
      ["gitea-secrets", "2.0.2"],
      ["gitea-users", "2.0.2"],
      ["platform-project", "2.0.2"],
      ["root-application", "2.0.2"],
      ["target-group-bindings", "2.0.2"],
    ]);
    const after = (id: string) => layer.resource("helm_release", id)["depends_on"];
    const binds = [
      "helm_release.aws-load-balancer-controller",
      "kubernetes_namespace_v1.namespace-orch-gateway",
    ];
    expect(after("target-group-bindings")).toEqual(expect.arrayContaining(binds));
    const stores = ["helm_release.gitea-secrets", "kubernetes_storage_class_v1.gp3"];
    expect(after("gitea")).toEqual(expect.arrayContaining(stores));
    const starts = [
      "helm_release.argocd",
      "helm_release.platform-project",
      "helm_release.target-group-bindings",
    ];
    expect(after("root-application")).toEqual(expect.arrayContaining(starts));
  });

  test("are upgraded where their release exists, so that a killed apply can be repeated", () => {
    const releases = Object.values(layer.all("helm_release"));
    expect(releases.filter(({ upgrade_install }) => upgrade_install !== true)).toEqual([]);
  });

  test("have the project removed after the applications, which have an hour to go", () => {
    expect(layer.resource("helm_release", "platform-project")).toMatchObject({
      take_ownership: true,
      depends_on: expect.arrayContaining(["helm_release.argocd"]),
    });
    expect(layer.resource("helm_release", "root-application")).toMatchObject({ timeout: 3600 });
  });

  test("are read from their publishers, or from the repository that is set for them", () => {
    const repositories = (of: SynthesisedLayer) =>
      Object.fromEntries(
        Object.entries(of.all("helm_release")).map(([id, release]) => [id, release["repository"]]),
      );
    const published = {
      argocd: "https://argoproj.github.io/argo-helm",
      "argocd-certificate": "https://argoproj.github.io/argo-helm",
      "aws-load-balancer-controller": "https://aws.github.io/eks-charts",
      "cluster-autoscaler": "https://kubernetes.github.io/autoscaler",
      gitea: "https://dl.gitea.com/charts/",
      "gitea-secrets": "https://argoproj.github.io/argo-helm",
      "platform-project": "https://argoproj.github.io/argo-helm",
      "gitea-users": "https://argoproj.github.io/argo-helm",
      "root-application": "https://argoproj.github.io/argo-helm",
      "target-group-bindings": "https://argoproj.github.io/argo-helm",
    };
    expect(repositories(layer)).toEqual(published);
    const mirror = "oci://111122223333.dkr.ecr.us-west-2.amazonaws.com/charts";
    const https = "https://mirror.example.com:8443/Helm/argo";
    const mirrored = synthLayer(argocd, {
      edit: (raw) => (raw.layers.argocd.chartRepositories = { gitea: mirror, "argocd-apps": https }),
    });
    expect(repositories(mirrored)).toEqual({
      ...published,
      gitea: mirror,
      "argocd-certificate": https,
      "gitea-secrets": https,
      "platform-project": https,
      "gitea-users": https,
      "root-application": https,
      "target-group-bindings": https,
    });
  });

  test.each<readonly [string, string]>([
    ["http://mirror.example.com", "It must be an https:// or oci:// address of a repository"],
    ["mirror", "It must be an https:// or oci:// address of a repository"],
    ["https://mirror.example.com?tag=x", "It must end with the path"],
    ["https://me:hunter2@mirror.example.com", "holds a URL with a password or token in it"],
    [
      "https://mirror.example.com/${path.root}",
      "It must not contain ${ or %{, which Terraform would evaluate",
    ],
    [
      "oci://mirror.example.com/Charts",
      'It must be a path of lower-case names, e.g. "oci://registry.example.com/charts"',
    ],
    ...[
      "OCI://mirror.example.com/charts",
      "https:/mirror.example.com",
      "https://mirror.example.com/a b",
      "https://mirror.example.com/charts;token=x",
    ].map((url) => [url, "It must be scheme, host, port and path"] as const),
    ["https://mirror.example.com:0/charts", "It must have a port from 1 to 65535"],
  ])("are not read from %s", (gitea, message) => {
    const load = () => loadConfig({ edit: (raw) => (raw.layers.argocd.chartRepositories = { gitea }) });
    expect(load).toThrow(message);
  });

  test("are installed with the content that the environment pins, from an OCI registry", () => {
    const sha = `sha256:${"0f".repeat(32)}`;
    const pinned = synthLayer(argocd, {
      edit: ({ layers }) => {
        layers.argocd.chartRepositories = { "argocd-apps": "oci://registry.example.com/charts" };
        layers.argocd.chartDigests = { "argocd-apps": sha };
      },
    });
    const charts = Object.entries(pinned.all("helm_release")).map(([id, { chart }]) => [id, chart]);
    expect(Object.fromEntries(charts)).toMatchObject({
      argocd: "argo-cd",
      "platform-project": `argocd-apps@${sha}`,
      "root-application": `argocd-apps@${sha}`,
    });
  });

  test("are not pinned where Helm would not check it", () => {
    const chartDigests = { gitea: `sha256:${"0f".repeat(32)}` };
    const load = () => loadConfig({ edit: (raw) => (raw.layers.argocd.chartDigests = chartDigests) });
    expect(load).toThrow("would not be checked: Helm compares digests of oci:// repositories only");
    expect(load).toThrow('layers.argocd.chartRepositories.gitea is "https://dl.gitea.com/charts/"');
  });

  test.each(["sha256:12", "0f".repeat(32), `sha256:${"0F".repeat(32)}`])(
    "are not pinned to %s, which is no digest",
    (gitea) => {
      const load = () => loadConfig({ edit: (raw) => (raw.layers.argocd.chartDigests = { gitea }) });
      expect(load).toThrow("must be sha256: and 64 hexadecimal digits");
    },
  );

  test("are installed side by side where none needs the other", () => {
    const releases = (id: string) =>
      // As synthesised from our own code.
      (layer.resource("helm_release", id)["depends_on"] as string[]).filter((name) =>
        name.startsWith("helm_release."),
      );
    expect(releases("argocd")).toEqual(["helm_release.argocd-certificate"]);
    expect(releases("argocd-certificate")).toEqual([]);
    expect(releases("gitea")).toEqual(["helm_release.gitea-secrets"]);
    expect(releases("gitea-secrets")).toEqual([]);
  });

  test("create all custom resources, so that a plan never requires CRDs in an empty cluster", () => {
    expect(layer.all("kubernetes_manifest")).toEqual({});
  });

  test("bind five services to their target groups", () => {
    const bound = (name: string, namespace: string) => ({
      items: [{}],
      template: expect.objectContaining({ kind: "TargetGroupBinding", metadata: { name, namespace } }),
    });
    expect(values("target-group-bindings").itemTemplates).toEqual([
      bound("traefik", "orch-gateway"),
      bound("traefik-grpc", "orch-gateway"),
      bound("tinkerbell", "orch-boots"),
      bound("argocd", "argocd"),
      bound("gitea", "gitea"),
    ]);
  });

  test("bind vPro's port to its target group if vPro is enabled", () => {
    const withVpro = synthLayer(argocd, { edit: (raw) => (raw.layers.platform.services.vpro = true) });
    expect(
      values("target-group-bindings", withVpro).itemTemplates.map(({ template }) => template),
    ).toContainEqual(
      expect.objectContaining({
        kind: "TargetGroupBinding",
        metadata: { name: "vpro", namespace: "orch-gateway" },
        spec: {
          serviceRef: { name: "traefik", port: 4433 },
          targetGroupARN: "data.terraform_remote_state.lb-waf.outputs.optionalTargetGroupArns.vpro",
          targetType: "ip",
        },
      }),
    );
  });

  test("do not include Gitea, its binding and its Secrets if it is disabled", () => {
    const edit = ({ layers }: RawEnvironment) => {
      layers.argocd.gitea = { enabled: false };
      layers.platform.services = { applicationOrchestration: false };
    };
    const without = synthLayer(argocd, { edit });
    expect(Object.keys(without.all("helm_release")).join()).not.toMatch(/gitea/);
    expect(JSON.stringify(values("target-group-bindings", without))).not.toMatch(/gitea/);
  });

  test("include Gitea where application orchestration creates its repositories", () => {
    const refused = () => loadConfig({ edit: (raw) => (raw.layers.argocd.gitea = { enabled: false }) });
    expect(refused).toThrow(
      "it creates and deletes repositories in the cluster's Gitea, in ways that GitHub and GitLab do not have",
    );
  });

  test("contain no password in their values", () => {
    const text = JSON.stringify(layer.all("helm_release"));
    expect(text).not.toMatch(/password: *\\?"[A-Za-z0-9]/i);
    expect(layer.json.resource).not.toHaveProperty("random_password");
  });
});

describe("the root application", () => {
  test("deploys the repository and revision of the environment file", () => {
    const edited = synthLayer(argocd, {
      edit: (raw) =>
        (raw.layers.argocd.repository = { url: "https://git.example.com/fork", revision: "refs/tags/v9" }),
    });
    const [charts, files] = values("root-application", edited).applications["root-app"].sources;
    expect(charts).toMatchObject({ repoURL: "https://git.example.com/fork", targetRevision: "refs/tags/v9" });
    expect(files).toMatchObject({ repoURL: "https://git.example.com/fork", ref: "values" });
  });

  test("uses the value files of the environment file instead of the platform's own", () => {
    const edited = synthLayer(argocd, {
      edit: (raw) => (raw.layers.argocd.repository.valueFiles = ["clusters/mine.yaml"]),
    });
    const [charts] = values("root-application", edited).applications["root-app"].sources;
    expect(charts?.helm["valueFiles"]).toEqual(["$values/clusters/mine.yaml"]);
  });

  test("passes on the outputs of earlier layers", () => {
    const [charts] = values("root-application").applications["root-app"].sources;
    expect(charts?.helm["valuesObject"]).toMatchObject({
      argo: {
        aws: {
          account: "111122223333",
          bucketPrefix: "data.terraform_remote_state.object-store.outputs.bucketPrefix",
          efs: { fsid: "data.terraform_remote_state.efs.outputs.fileSystemId" },
        },
      },
    });
  });
});

describe("what an environment decides about the platform", () => {
  const argoOf = (of: SynthesisedLayer) =>
    values("root-application", of).applications["root-app"].sources[0]?.helm["valuesObject"] as {
      readonly argo: object;
      readonly postCustomTemplateOverwrite: object;
    };

  test("the proxy of the nodes serves pods as well, but not for the orchestrator's own names", () => {
    const proxied = synthLayer(argocd, {
      edit: (raw) => {
        raw.layers.vpc.cidr = "10.20.0.0/20";
        raw.layers.eks.nodes.proxy = {
          httpProxy: "http://proxy.example.com:3128",
          httpsProxy: "http://proxy.example.com:3129",
          noProxy: [".corp.example.com"],
        };
      },
    });
    const noProxy = expect.stringMatching(
      /^localhost,.*,example\.edge\.example\.com,\.example\.edge\.example\.com,\.corp\.example\.com$/,
    );
    expect(argoOf(proxied).argo).toMatchObject({
      proxy: { httpProxy: "http://proxy.example.com:3128", noProxy },
    });
    for (const release of ["argocd", "gitea", "aws-load-balancer-controller", "cluster-autoscaler"]) {
      const text = JSON.stringify(values(release, proxied));
      expect(text).toContain("http://proxy.example.com:3129");
      expect(JSON.stringify(values(release))).not.toContain("_proxy");
    }
  });

  test("values of single applications override those of this product", () => {
    const edited = synthLayer(argocd, {
      edit: (raw) => {
        raw.iam = { path: "/edge/" };
        raw.layers.argocd.overrides = {
          "platform-autocert": { autoCert: { staging: true } },
          kiali: { a: 1 },
        };
      },
    });
    expect(argoOf(edited).postCustomTemplateOverwrite).toMatchObject({
      "platform-autocert": { autoCert: { staging: true, aws: { role: expect.any(String) } } },
      kiali: { a: 1 },
    });
  });

  test.each([
    ["2025.2", "3a2d9869daa26e1925daf159dabb7307fc24e3ed"],
    ["2026.0", "87252cf4f0d3491488f05e9ab1b05fb9821631bd"],
  ])("release %s is deployed at its commit", (release, commit) => {
    const of = synthLayer(argocd, { edit: (raw) => (raw.layers.platform.release = release) });
    expect(values("root-application", of).applications["root-app"].sources).toMatchObject([
      { targetRevision: commit },
      { targetRevision: commit },
    ]);
  });
});

test("an environment cannot have the name of any namespace that exists besides its own", () => {
  const namespaces = Object.values(layer.all("kubernetes_namespace_v1")).map(
    // Every namespace of this layer has a name.
    ({ metadata }) => (metadata as { readonly name: string }).name,
  );
  const own = "example";
  expect(namespaces).toContain(own);
  for (const name of namespaces.filter((other) => other !== own))
    expect(environmentName.safeParse(name).success).toBe(false);
});

test("publishes the URLs of Argo CD and Gitea", () => {
  expect(layer.json.output).toMatchObject({
    namespace: { value: "argocd" },
    argocdUrl: { value: "https://argocd.example.edge.example.com" },
    giteaUrl: { value: "https://gitea.example.edge.example.com" },
  });
  expect(argocd.outputs.argocdUrl.shownAs).toBe("argocd");
  expect(argocd.outputs.giteaUrl.shownAs).toBe("gitea");
});
