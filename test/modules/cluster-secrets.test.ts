import { describe, expect, test } from "vitest";
import { releases, releaseNames } from "../../gitops/releases";
import { argocd } from "../../modules/argocd/layer";
import { issue } from "../certificates";
import { credentialFiles, switchEverythingOn } from "../everything-on";
import { loadConfig, synthLayer, type RawEnvironment, type SynthesisedLayer } from "../synth";

interface Secret {
  readonly metadata: { readonly namespace: string; readonly name: string };
  readonly type: string;
  readonly data_wo: Readonly<Record<string, string>>;
  readonly data_wo_revision: string;
  readonly depends_on: readonly string[];
}

// Blocks of this type as the layer writes them.
const secretsOf = (layer: SynthesisedLayer) =>
  Object.values(layer.all("kubernetes_secret_v1")) as unknown as Secret[];
const named = (layer: SynthesisedLayer, id: string): Secret => {
  const found = secretsOf(layer).find(({ metadata }) => `${metadata.namespace}/${metadata.name}` === id);
  if (found === undefined) throw new Error(`There is no Secret ${id}`);
  return found;
};
const namesIn = (layer: SynthesisedLayer) =>
  secretsOf(layer).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
const namespacesOf = (layer: SynthesisedLayer) =>
  Object.values(layer.all("kubernetes_namespace_v1")).map(
    // Every namespace of this layer has both.
    ({ metadata }) =>
      metadata as { readonly name: string; readonly labels: Readonly<Record<string, string>> },
  );

const example = synthLayer(argocd);
const everything = (platform: { readonly release?: string; readonly secrets?: object }) =>
  synthLayer(argocd, {
    files: credentialFiles,
    edit: (raw: RawEnvironment) => {
      switchEverythingOn(raw);
      const { secrets } = raw.layers.platform;
      Object.assign(raw.layers.platform, platform, { secrets: { ...secrets, ...platform.secrets } });
    },
  });

describe.each(releaseNames)("for release %s, the cluster has", (name) => {
  const release = releases[name];
  const layer = everything({ release: name });

  test("every Secret that its charts expect, with the keys that they read", () => {
    for (const { namespace, name: secret, keys } of release.secrets)
      expect(Object.keys(named(layer, `${namespace}/${secret}`).data_wo), secret).toEqual(
        expect.arrayContaining([...keys]),
      );
  });

  test("every namespace of a Secret, before it, with the labels that the charts give it", () => {
    const namespaces = new Map(namespacesOf(layer).map((namespace) => [namespace.name, namespace.labels]));
    for (const [namespace, labels] of Object.entries(release.namespaces))
      expect(namespaces.get(namespace), namespace).toMatchObject(labels);
    for (const { metadata, depends_on } of secretsOf(layer)) {
      expect([...namespaces.keys()]).toContain(metadata.namespace);
      expect(depends_on).toContain(`kubernetes_namespace_v1.namespace-${metadata.namespace}`);
    }
  });
});

describe("a Secret of the cluster", () => {
  test("has write-only values alone, and a number that follows their versions", () => {
    expect(secretsOf(example).length).toBeGreaterThan(10);
    // The roots of Let's Encrypt are no secret of Secrets Manager.
    const held = secretsOf(example).filter(({ metadata }) => metadata.name !== "gitea-tls-certs");
    for (const secret of held) {
      expect(secret).not.toHaveProperty("data");
      expect(secret.data_wo_revision).toMatch(
        /^\$\{sum\(\[parseint\(substr\(sha256\(jsonencode\(\[.*one\(\[for v in data\.aws_secretsmanager_secret_versions\..*AWSCURRENT/,
      );
    }
  });

  test("is sent again when something else is read, or another text is put into it", () => {
    const revision = (id: string) => named(example, id).data_wo_revision;
    const [own, reader] = ["inventory", "inventory-reader"].map((id) =>
      revision(`orch-infra/${id}-aurora-postgresql`),
    );
    expect(reader).toContain("readerEndpoint");
    expect(reader).not.toBe(own);
  });

  test("is read once in Secrets Manager, whatever it is used for", () => {
    const read = Object.values(example.json.ephemeral?.["aws_secretsmanager_secret_version"] ?? {});
    const ids = read.map(({ secret_id }) => secret_id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("contents", () => {
  const password = (user: string) =>
    `\${jsondecode(ephemeral.aws_secretsmanager_secret_version.${user}.secret_string).password}`;

  test("of the inventory's reader lead to the reader endpoint, with the database's own user", () => {
    const { data_wo } = named(example, "orch-infra/inventory-reader-aurora-postgresql");
    expect(data_wo["PGHOST"]).toBe("${data.terraform_remote_state.aurora.outputs.readerEndpoint}");
    expect(data_wo["PGUSER"]).toContain("secret_version.inventory-database.secret_string");
  });

  test("of Keycloak's administrator are the same password under both names", () => {
    const { data_wo } = named(example, "orch-platform/platform-keycloak");
    expect(data_wo["admin-password"]).toBe(password("keycloak-admin"));
    expect(data_wo["password"]).toBe(password("keycloak-admin"));
  });

  test("of Harbor's credential are user and password in one text", () => {
    const [user, other] = ["username", "password"].map(
      (key) =>
        `\${jsondecode(ephemeral.aws_secretsmanager_secret_version.harbor-admin.secret_string).${key}}`,
    );
    const { data_wo } = named(example, "orch-harbor/harbor-admin-credential");
    expect(data_wo).toEqual({ credential: `${user}:${other}` });
  });

  test("of the mail server are in two Secrets, the password in one of its own type", () => {
    const layer = everything({});
    expect(Object.keys(named(layer, "orch-infra/smtp").data_wo)).not.toContain("password");
    expect(named(layer, "orch-infra/smtp-auth").type).toBe("kubernetes.io/basic-auth");
  });

  test("of the exporter's authority are empty unless it is a private one", () => {
    const authority = (srePrivateAuthority: boolean) =>
      named(everything({ secrets: { srePrivateAuthority } }), "orch-sre/destination-secret-ca").data_wo[
        "ca.crt"
      ];
    expect(authority(false)).toBe("");
    expect(authority(true)).toContain(".caCertificate}");
  });
});

test("a service that is off has no Secrets", () => {
  expect(namesIn(example)).toContain("orch-harbor/harbor-admin-password");
  const without = synthLayer(argocd, {
    edit: (raw) => (raw.layers.platform.services.applicationOrchestration = false),
  });
  expect(namesIn(without).filter((name) => /harbor|catalog/.test(name))).toEqual([]);
  expect(namesIn(example).filter((name) => /smtp|orch-sre|azure/.test(name))).toEqual([]);
});

test("labels and annotations of others are left alone, and the layer's own are restored", () => {
  expect(example.json.provider?.["kubernetes"]?.[0]).toMatchObject({
    ignore_labels: ["."],
    ignore_annotations: ["."],
  });
  expect(JSON.stringify(example.all("kubernetes_namespace_v1"))).not.toContain("ignore_changes");
  // The provider replaces all labels at once where its state has none.
  for (const { name, labels } of namespacesOf(example)) expect(labels, name).not.toEqual({});
});

describe("secrets of the operator", () => {
  const problems = (edit: (platform: RawEnvironment) => void) => {
    try {
      loadConfig({
        edit: (raw) => {
          edit(raw.layers.platform);
        },
      });
      return "";
    } catch (error) {
      return String(error);
    }
  };

  test.each([
    ["alertEmails", "smtpSecretArn", "smartHost, smartPort, from, authUsername, password"],
    ["sre", "sreSecretArn", "url, username, password"],
  ])("are required with %s", (service, setting, keys) => {
    const text = problems((platform) => (platform.services[service] = true));
    expect(text).toContain(setting);
    expect(text).toContain(`is not set, but layers.platform.services.${service} is true`);
    expect(text).toContain(`Store JSON with ${keys} in Secrets Manager and enter its ARN`);
  });

  test("are of the environment's own account and Region", () => {
    const elsewhere = "arn:aws:secretsmanager:us-east-1:111122223333:secret:smtp-AbCdEf";
    const text = problems((platform) => (platform.secrets = { smtpSecretArn: elsewhere }));
    expect(text).toContain('must begin with "arn:aws:secretsmanager:us-west-2:111122223333:"');
    expect(text).toContain("Replicate the secret to the Region, or store it in the account");
  });

  test("are named by their complete ARN", () => {
    const short = "arn:aws:secretsmanager:us-west-2:111122223333:secret:smtp";
    expect(problems((platform) => (platform.secrets = { smtpSecretArn: short }))).toContain(
      "must be the complete ARN of a secret in Secrets Manager",
    );
  });
});

describe("Argo CD", () => {
  const synthesised = (argo: object) =>
    synthLayer(argocd, {
      edit: (raw) => {
        Object.assign(raw.layers.argocd.argocd, argo);
      },
    });

  test("gets the generated password as a hash, and a key that changes with it", () => {
    const { data_wo, data_wo_revision, metadata } = named(example, "argocd/argocd-secret");
    const generated = "jsondecode(ephemeral.aws_secretsmanager_secret_version.argocd-admin.secret_string)";
    expect(data_wo["admin.password"]).toBe(`\${bcrypt(${generated}.password, 10)}`);
    expect(data_wo["server.secretkey"]).toBe(`\${${generated}.signingKey}`);
    expect(data_wo["admin.passwordMtime"]).toMatch(/argocd-admin-versions\.versions : v\.created_time/);
    expect(data_wo_revision).toContain("v.version_id");
    expect(data_wo_revision).not.toContain("v.created_time");
    // Argo CD reads its settings from objects with this label only.
    expect(metadata).toMatchObject({ labels: { "app.kubernetes.io/part-of": "argocd" } });
  });

  test("keeps its Secret when Helm removes the one that an earlier version of the release had", () => {
    const { metadata } = named(example, "argocd/argocd-secret");
    expect(metadata).toMatchObject({ annotations: { "helm.sh/resource-policy": "keep" } });
  });

  test("gets the operator's password instead, and is installed after it", () => {
    const adminPasswordSecretArn = "arn:aws:secretsmanager:us-west-2:111122223333:secret:argocd-AbCdEf";
    const given = synthesised({ adminPasswordSecretArn });
    expect(named(given, "argocd/argocd-secret").data_wo["admin.password"]).toContain("argocd-admin-given");
    expect(given.json.ephemeral?.["aws_secretsmanager_secret_version"]).toMatchObject({
      "argocd-admin-given": { secret_id: adminPasswordSecretArn },
    });
    expect(given.resource("helm_release", "argocd")["depends_on"]).toEqual(
      expect.arrayContaining([
        "kubernetes_secret_v1.secret-argocd-argocd-secret",
        "helm_release.argocd-certificate",
      ]),
    );
  });
});

describe("the deploy repository", () => {
  const synthesised = (repository: object) =>
    synthLayer(argocd, {
      edit: (raw) => {
        Object.assign(raw.layers.argocd.repository, repository);
      },
    });
  const credentialsSecretArn = "arn:aws:secretsmanager:us-west-2:111122223333:secret:git-AbCdEf";

  test("needs no Secret if it is public", () => {
    expect(namesIn(example)).not.toContain("argocd/deploy-repository");
  });

  test("is read with the operator's credentials if it is private", () => {
    const url = "https://git.example.com/platform";
    const secret = named(synthesised({ url, credentialsSecretArn }), "argocd/deploy-repository");
    expect(secret.metadata).toMatchObject({ labels: { "argocd.argoproj.io/secret-type": "repository" } });
    expect(secret.data_wo).toMatchObject({
      type: "git",
      url,
      password: expect.stringContaining("deploy-repository"),
    });
  });

  test("is read by the user argocd in the cluster's Gitea", () => {
    const url = "https://gitea.example.edge.example.com/argocd/platform";
    expect(named(synthesised({ url }), "argocd/deploy-repository").data_wo["password"]).toContain(
      "secret_version.gitea-argocd.",
    );
  });

  test("has a private authority in PEM, and credentials of the environment's account", () => {
    const refused = (repository: object) => {
      try {
        synthesised(repository);
        return "";
      } catch (error) {
        return String(error);
      }
    };
    expect(
      refused({ certificateAuthority: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----" }),
    ).toContain("must be PEM certificates, each from BEGIN CERTIFICATE to END CERTIFICATE");
    expect(
      refused({ certificateAuthority: issue({ name: "Authority", to: new Date("2099-01-01") }).certificate }),
    ).toBe("");
    const elsewhere = credentialsSecretArn.replace("us-west-2", "us-east-1");
    expect(refused({ credentialsSecretArn: elsewhere })).toContain(
      "layers.argocd.repository.credentialsSecretArn",
    );
  });
});

describe("Vault's service account", () => {
  const annotations = (layer: SynthesisedLayer) =>
    layer.resource("kubernetes_service_account_v1", "vault-service-account")["metadata"];

  test("is where its chart looks for it, with the role in an annotation only if the environment uses IRSA", () => {
    expect(annotations(example)).toEqual({
      name: "vault-service-account",
      namespace: "orch-platform",
      annotations: {},
    });
    const irsa = synthLayer(argocd, { edit: (raw) => (raw.layers.eks = { podIdentity: "irsa" }) });
    expect(annotations(irsa)).toMatchObject({
      annotations: { "eks.amazonaws.com/role-arn": expect.stringMatching(/podRoleArns.*vault/) },
    });
  });
});

test("Gitea's users are created after it, and the apply waits for them", () => {
  expect(example.resource("helm_release", "gitea-users")).toMatchObject({
    wait_for_jobs: true,
    depends_on: expect.arrayContaining([
      "helm_release.gitea",
      "kubernetes_secret_v1.secret-gitea-gitea-user-passwords",
    ]),
  });
  const { data_wo } = named(example, "gitea/gitea-user-passwords");
  expect(Object.keys(data_wo).sort()).toEqual(["apporch", "argocd", "clusterorch"]);
});
