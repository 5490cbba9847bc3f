import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { argocdValues } from "../gitops/argocd-values";
import { clusterAutoscalerValues } from "../gitops/cluster-autoscaler-values";
import { type ClusterFacts, clusterValues, rootApplicationValues } from "../gitops/cluster-definition";
import { giteaUsersJob } from "../gitops/gitea-users";
import { giteaValues } from "../gitops/gitea-values";
import { loadBalancerControllerValues } from "../gitops/load-balancer-controller-values";
import { plainObjectsValues } from "../gitops/plain-objects";
import { projectValues } from "../gitops/project-values";
import { releases } from "../gitops/releases";
import { boundServices, targetGroupBinding } from "../gitops/target-group-bindings";
import { selfSigned } from "../gitops/self-signed";
import { renderYaml } from "../gitops/yaml";
import { Services } from "../modules/platform/services";

const facts: ClusterFacts = {
  environment: "dev",
  account: "012345678901",
  region: "us-west-2",
  domain: "dev.example.com",
  adminEmail: undefined,
  repository: {
    url: "https://git.example.com/platform",
    revision: "1e10",
    applicationsPath: "argocd/applications",
    valueFiles: ["profiles/a.yaml", "profiles/b.yaml"],
  },
  platform: {
    services: Services.parse({}),
    srePrivateAuthority: false,
    proxies: { cluster: undefined, edgeNodes: undefined },
    rateLimit: undefined,
    releaseService: undefined,
  },
  overrides: {},
  thirdParty: { applications: [], chart: { repository: "https://charts.example.com", version: "2.0.2" } },
  autoSync: true,
  bucketPrefix: "dev-012345678901",
  fileSystemId: "fs-1",
  targetGroupArns: { traefik: "arn:1", traefikGrpc: "arn:2", argocd: "arn:3" },
};

describe("rendered YAML", () => {
  test("keeps a Terraform placeholder in one piece, however long the line", () => {
    const placeholder = '${data.terraform_remote_state.lb-waf.outputs.targetGroupArns["traefik-grpc"]}';
    const line = `${"word ".repeat(40)}${placeholder}`;
    expect(renderYaml({ line, token: "${TfToken[TOKEN.42]}" })).toBe(
      `line: ${JSON.stringify(line)}\ntoken: "\${TfToken[TOKEN.42]}"\n`,
    );
  });

  test.each(["012345678901", "1e10", "no", "null", "2026-01-01", "0x1F"])(
    "leaves the text %s text",
    (text) => {
      expect(parse(renderYaml({ text }))).toEqual({ text });
    },
  );

  test("means exactly the values it was given", () => {
    const values = rootApplicationValues(facts);
    expect(parse(renderYaml(values))).toEqual(values);
  });

  test("writes several lines as a block that reads like its source", () => {
    expect(renderYaml({ script: "if a then\n  b\nend\n" })).toBe("script: |\n  if a then\n    b\n  end\n");
  });
});

describe("cluster definition", () => {
  test("names roles with their partition and path, which the platform's charts do not know", () => {
    const roles = { certManager: "arn:aws-cn:iam::1:role/edge/certmgr-dev", observability: "arn:2" };
    const annotated = { serviceAccount: { annotations: { "eks.amazonaws.com/role-arn": "arn:2" } } };
    expect(clusterValues({ ...facts, roles })["postCustomTemplateOverwrite"]).toEqual({
      "platform-autocert": { autoCert: { aws: { role: roles.certManager } } },
      "edgenode-observability": { loki: annotated, "mimir-distributed": annotated },
      "orchestrator-observability": { loki: annotated, "mimir-distributed": annotated },
    });
  });

  test("gives the platform the account as text, or Loki and Mimir would fall back to storage in the cluster", () => {
    expect(clusterValues(facts)).toMatchObject({
      argo: { aws: { account: "012345678901", efs: { fsid: "fs-1" }, bucketPrefix: "dev-012345678901" } },
    });
  });

  test("states every value without which the platform's charts do not render", () => {
    expect(clusterValues(facts)).toMatchObject({
      argo: {
        project: "dev",
        namespace: "dev",
        clusterName: "dev",
        clusterDomain: "dev.example.com",
        deployRepoURL: "https://git.example.com/platform",
        deployRepoRevision: "1e10",
        targetServer: "https://kubernetes.default.svc",
      },
      postCustomTemplateOverwrite: {},
    });
  });

  test("names an administrator only when there is one", () => {
    expect(renderYaml(clusterValues(facts))).not.toContain("adminEmail");
    expect(clusterValues({ ...facts, adminEmail: "ops@example.com" })).toMatchObject({
      argo: { adminEmail: "ops@example.com" },
    });
  });

  test("uses value files of the repository, in order, and lets the environment's values override them", () => {
    const rendered = rootApplicationValues(facts);
    expect(rendered).toMatchObject({
      applications: {
        "root-app": {
          sources: [
            {
              path: "argocd/applications",
              targetRevision: "1e10",
              helm: {
                valueFiles: ["$values/profiles/a.yaml", "$values/profiles/b.yaml"],
                valuesObject: clusterValues(facts),
              },
            },
            { ref: "values", repoURL: "https://git.example.com/platform", targetRevision: "1e10" },
          ],
        },
      },
    });
  });

  test("accepts Applications from the environment's namespace and deploys into this cluster only", () => {
    expect(projectValues({ environment: "dev", applications: [] })).toMatchObject({
      projects: {
        dev: {
          namespace: "argocd",
          sourceNamespaces: ["dev"],
          destinations: [{ namespace: "*", server: "https://kubernetes.default.svc" }],
        },
      },
    });
  });

  test("keeps the project until Argo CD has removed every application, beginning with what the root has rendered", () => {
    expect(projectValues({ environment: "dev", applications: [] })).toMatchObject({
      projects: { dev: { additionalAnnotations: { "helm.sh/resource-policy": "keep" } } },
    });
    const root = rootApplicationValues(facts);
    expect(root).toMatchObject({
      applications: { "root-app": { finalizers: ["resources-finalizer.argocd.argoproj.io"] } },
    });
    expect(root).not.toHaveProperty("projects");
  });

  test("prunes and heals automatically only if configured", () => {
    const syncPolicy = (autoSync: boolean) => rootApplicationValues({ ...facts, autoSync })["applications"];
    const byItself = { prune: true, selfHeal: true };
    expect(syncPolicy(true)).toMatchObject({ "root-app": { syncPolicy: { automated: byItself } } });
    expect(syncPolicy(false)).not.toHaveProperty(["root-app", "syncPolicy", "automated"]);
    expect(syncPolicy(false)).not.toHaveProperty(["root-app", "syncPolicy", "retry"]);
  });
});

describe("Argo CD", () => {
  const argocdFacts = {
    host: "argocd.dev.example.com",
    applicationNamespace: "dev",
    sessionDurationHours: 1,
    repositories: [{ url: "https://git.example.com:8443/platform" }],
    variables: {},
  };
  const values = argocdValues(argocdFacts);

  test("is reached through the load balancer only, with TLS 1.2 or later, for an hour", () => {
    expect(values).toMatchObject({
      server: { service: { type: "ClusterIP" } },
      configs: {
        cm: { "users.session.duration": "1h" },
        params: { "server.tls.minversion": "1.2", "reposerver.tls.minversion": "1.2" },
      },
    });
    expect(renderYaml(values)).not.toMatch(/insecure/);
  });

  test("leaves its Secret to Terraform, so that no value of the chart holds a password", () => {
    expect(values).toMatchObject({ configs: { secret: { createSecret: false } } });
  });

  test("trusts a private authority for the host of the repository alone", () => {
    const url = "https://git.example.com:8443/platform";
    const certificateAuthority = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n";
    const given = argocdValues({ ...argocdFacts, repositories: [{ url, certificateAuthority }] });
    expect(given).toMatchObject({
      configs: { tls: { certificates: { "git.example.com": certificateAuthority } } },
    });
    expect(values).not.toHaveProperty("configs.tls");
  });

  test("runs no identity broker and accepts Applications from one more namespace", () => {
    expect(values).toMatchObject({
      dex: { enabled: false },
      configs: { params: { "application.namespaces": "dev" } },
    });
  });
});

describe("Gitea", () => {
  const values = giteaValues({
    host: "gitea.dev.example.com",
    imageTag: "1.25.4",
    storageClass: "gp3",
    storageGibibytes: 20,
    loginRevision: "7",
    variables: {},
  });

  test("speaks TLS to the load balancer, and its probe does too", () => {
    expect(values).toMatchObject({
      gitea: {
        config: { server: { PROTOCOL: "https", HTTP_PORT: 3000 } },
        readinessProbe: { tcpSocket: null, httpGet: { scheme: "HTTPS" } },
      },
    });
  });

  test("stores its data on one encrypted volume of the configured size", () => {
    expect(values).toMatchObject({
      persistence: { enabled: true, storageClass: "gp3", size: "20Gi" },
      strategy: { type: "Recreate" },
    });
  });

  test("is closed to strangers", () => {
    expect(values).toMatchObject({
      gitea: { config: { service: { DISABLE_REGISTRATION: true, REQUIRE_SIGNIN_VIEW: true } } },
    });
  });

  test("creates a private repository when one of its users pushes, as application orchestration does", () => {
    expect(values).toMatchObject({
      gitea: {
        config: { repository: { ENABLE_PUSH_CREATE_USER: true, DEFAULT_PUSH_CREATE_PRIVATE: true } },
      },
    });
  });

  test("gets its login from a Secret, never from values, and takes a new one by a new pod", () => {
    expect(renderYaml(values)).not.toMatch(/password:|BEGIN/);
    expect(values).toMatchObject({
      gitea: {
        admin: { existingSecret: "gitea-admin-login" },
        podAnnotations: { "edge-orchestrator/login-revision": "7" },
      },
    });
  });
});

describe("the users of Gitea", () => {
  const job = giteaUsersJob({ namespace: "gitea", imageTag: "1.25.4", revision: "42" });
  const text = renderYaml(job);

  test("are created by a Job of their own for every revision of their passwords", () => {
    expect(job).toMatchObject({ kind: "Job", metadata: { name: "gitea-users-42", namespace: "gitea" } });
  });

  test("come with passwords from files, which neither Helm nor Terraform sees", () => {
    expect(text).toContain('secretName: "gitea-user-passwords"');
    expect(text).not.toMatch(/valueFrom|env:/);
    // Both would evaluate the script.
    expect(text).not.toMatch(/\{\{|[$%]\{/);
  });

  test("are created by a pod without rights", () => {
    expect(job).toMatchObject({
      spec: {
        template: {
          spec: {
            automountServiceAccountToken: false,
            securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
            containers: [
              { securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } } },
            ],
          },
        },
      },
    });
  });
});

test("a self-signed certificate is YAML once Helm has evaluated it, for the first host and the others", () => {
  const template = selfSigned({
    namespace: "gitea",
    name: "gitea-tls",
    hosts: ["gitea.dev.example.com", "b"],
  });
  const evaluated = template.replaceAll(/\{\{-.*\}\}\n/g, "").replaceAll(/\{\{.*\}\}/g, "eA==");
  expect(parse(evaluated)).toMatchObject({
    kind: "Secret",
    type: "kubernetes.io/tls",
    metadata: { name: "gitea-tls", namespace: "gitea" },
  });
  expect(template).toContain(
    'genSelfSignedCert "gitea.dev.example.com" (list) (list "gitea.dev.example.com" "b")',
  );
});

test("objects of any kind are rendered once each by the chart argocd-apps", () => {
  const template = "{{- /* evaluated by Helm */ -}}\nkind: Secret\n";
  expect(plainObjectsValues([{ kind: "ConfigMap" }, template])).toEqual({
    itemTemplates: [
      { items: [{}], template: { kind: "ConfigMap" } },
      { items: [{}], template },
    ],
  });
});

test.each([
  ["2026.0" as const, "ingress-haproxy-kubernetes-ingress"],
  ["2025.2" as const, "ingress-nginx-controller"],
])("with release %s, the target group of Tinkerbell is bound to the pods of %s", (release, name) => {
  const { tinkerbell } = boundServices(releases[release]);
  const targetGroupArn = "arn:aws:elasticloadbalancing:x";
  expect(targetGroupBinding({ ...tinkerbell, name: "tinkerbell", targetGroupArn })).toEqual({
    apiVersion: "elbv2.k8s.aws/v1beta1",
    kind: "TargetGroupBinding",
    metadata: { name: "tinkerbell", namespace: "orch-boots" },
    spec: { serviceRef: { name, port: 443 }, targetGroupARN: targetGroupArn, targetType: "ip" },
  });
});

test("the cluster autoscaler gets its region and cluster, and also removes nodes that run system pods", () => {
  const facts = {
    clusterName: "dev",
    region: "us-west-2",
    imageTag: "v1.35.1",
    serviceAccount: "cluster-autoscaler",
    variables: {},
  };
  expect(clusterAutoscalerValues(facts)).toMatchObject({
    cloudProvider: "aws",
    awsRegion: "us-west-2",
    autoDiscovery: { clusterName: "dev" },
    image: { tag: "v1.35.1" },
    rbac: { serviceAccount: { create: true, name: "cluster-autoscaler" } },
    extraArgs: { "balance-similar-node-groups": true, "skip-nodes-with-system-pods": false },
  });
  expect(JSON.stringify(clusterAutoscalerValues({ ...facts, roleArn: "arn:role" }))).toContain(
    '"annotations":{"eks.amazonaws.com/role-arn":"arn:role"}',
  );
});

test("the load balancer controller needs no instance metadata and creates no load balancers", () => {
  const values = loadBalancerControllerValues({
    clusterName: "dev",
    region: "us-west-2",
    vpcId: "vpc-1",
    serviceAccount: "aws-load-balancer-controller",
    variables: {},
  });
  expect(values).toMatchObject({
    region: "us-west-2",
    vpcId: "vpc-1",
    enableServiceMutatorWebhook: false,
    enableBackendSecurityGroup: false,
    createIngressClassResource: false,
  });
});
