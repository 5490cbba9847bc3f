import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { renderedApplications } from "../../gitops/expectations/application";
import { expectedBy } from "../../gitops/expectations/expected";
import { expectationsOf, thingsByRules } from "../../gitops/expectations/extract";
import { placedValues } from "../../gitops/expectations/value-paths";
import { valueRules } from "../../gitops/expectations/value-rules";
import { unrenderedExpectations } from "../../gitops/expectations/unrendered";
import { madeByCharts } from "../../gitops/expectations/made-by-platform";
import type { YamlObject } from "../../gitops/yaml";

const domain = "prod.example.com";
const names = {
  ...{ environment: "prod", domain, account: "111122223333", partition: "aws", bucketPrefix: "prod" },
  roles: "arn:aws:iam::111122223333:role/",
};
const roleArn = "arn:aws:iam::111122223333:role/prod-s3-role";
const annotated = { annotations: { "eks.amazonaws.com/role-arn": roleArn } };

/** What an application in the namespace `apps` with these values expects, as `kind name keys`. */
function found(values: YamlObject): readonly string[] {
  const application = { name: "app", wave: 5, namespace: "apps", createsNamespace: true, values };
  return expectationsOf(application, { domain }).map(({ kind, name, keys = [] }) =>
    [kind, name, ...keys].join(" "),
  );
}

/** For each way in which charts name something: values, and what is found in them. */
const examples: readonly (readonly [YamlObject, ...string[]])[] = [
  [{ env: [{ valueFrom: { secretKeyRef: { name: "db", key: "PGHOST" } } }] }, "secret apps/db PGHOST"],
  [{ envFrom: [{ secretRef: { name: "all" } }] }, "secret apps/all"],
  [{ database: { usernameSecret: { name: "db", key: "user" } } }, "secret apps/db user"],
  [{ smtp: { passwordSecret: { name: "mail", key: "password" } } }, "secret apps/mail password"],
  [{ keycloak: { additionalOptions: [{ secret: { name: "db", key: "PGPORT" } }] } }, "secret apps/db PGPORT"],
  [{ bootstrapAdmin: { user: { secret: "admin" } } }, "secret apps/admin password username"],
  [
    { auth: { existingSecret: "admin", passwordSecretKey: "admin-password" } },
    "secret apps/admin admin-password",
  ],
  [
    {
      externalDatabase: {
        existingSecret: "db",
        existingSecretHostKey: "host",
        existingSecretUserKey: "user",
      },
    },
    "secret apps/db host user",
  ],
  [
    { existingSecretAdminPassword: "harbor", existingSecretAdminPasswordKey: "PASSWORD" },
    "secret apps/harbor PASSWORD",
  ],
  [{ postgres: { secrets: "db" } }, "secret apps/db PGDATABASE PGHOST PGPASSWORD PGPORT PGUSER"],
  [
    { postgresql: { readOnlyReplicasSecrets: "reader" } },
    "secret apps/reader PGDATABASE PGHOST PGPASSWORD PGPORT PGUSER",
  ],
  [{ database: { databaseSecret: "db" } }, "secret apps/db PGDATABASE PGHOST PGPASSWORD PGPORT PGUSER"],
  [
    { core: { spec: { configSecret: { name: "capi", namespace: "capi-system" } } } },
    "secret capi-system/capi",
  ],
  [
    {
      ...{ sourceSecretName: "tls", remoteNamespace: "gateway" },
      keyName: [{ source: "tls.crt", target: "ca.crt" }],
    },
    "secret gateway/tls tls.crt",
  ],
  [{ adminSecretName: "admin", adminSecretNamespace: "platform" }, "secret platform/admin"],
  [{ smtp: { configSecret: "smtp" } }, "secret apps/smtp"],
  [{ caSecretName: "ca", caSecretKey: "ca.crt" }, "secret apps/ca ca.crt"],
  [{ route: { secretName: "tls", gatewayNamespace: "gateway" } }, "secret gateway/tls"],
  [{ orchSecretName: "tls-orch" }, "secret orch-gateway/tls-orch"],
  [{ proxy: { repoSecret: "fleet-rs-secret" } }, "secret fleet-default/fleet-rs-secret"],
  [{ imagePullSecrets: ["registry"] }, "secret apps/registry"],
  [{ imagePullSecrets: [{ name: "registry" }] }, "secret apps/registry"],
  [
    { env: [{ valueFrom: { configMapKeyRef: { name: "config", key: "level" } } }] },
    "config-map apps/config level",
  ],
  [{ envFrom: [{ configMapRef: { name: "config" } }] }, "config-map apps/config"],
  [{ volumes: [{ configMap: { name: "config" } }] }, "config-map apps/config"],
  [{ serviceAccount: { create: false, name: "vault" } }, "service-account apps/vault"],
  [
    { loki: { serviceAccount: { name: "loki", ...annotated } } },
    `role ${roleArn}`,
    `pod-role apps/loki ${roleArn}`,
  ],
  [{ storage: { bucketNames: { admin: "a", chunks: "b" } } }, "bucket a", "bucket b"],
  [{ blocks_storage: { s3: { bucket_name: "a" } } }, "bucket a"],
  [{ traces: { s3: { bucket: "a" } } }, "bucket a"],
  [{ persistence: { storageClass: "gp3" } }, "storage-class gp3"],
  [{ pvc: { storageClassName: "efs-999" } }, "storage-class efs-999"],
  [{ nodeSelector: { rule: "observability" } }, "node-label rule=observability"],
];

describe("what a chart's values expect", () => {
  test.each(examples.map(([values, ...expected]) => ({ values, expected })))("%j", ({ values, expected }) => {
    expect(found(values)).toEqual(expected);
  });

  test("every rule finds something in these examples", () => {
    const unused = valueRules.filter(
      (rule) => !examples.some(([values]) => thingsByRules(placedValues(values), [rule], "apps").length > 0),
    );
    expect(unused).toEqual([]);
  });

  test("a chart that uses a service account of others annotates none: its role is no expectation", () => {
    const values = { serviceAccount: { create: false, name: "vault", ...annotated } };
    expect(found(values)).toEqual(["service-account apps/vault"]);
  });

  test("a chart's own namespace precedes that of the application", () => {
    const values = { namespace: "platform", passwordSecret: { name: "admin", key: "password" } };
    expect(found(values)).toEqual(["secret platform/admin password"]);
  });

  test("neither names without values nor other values are expectations", () => {
    const values = { storageClass: "", existingSecret: null, imagePullSecrets: null, secretName: 7 };
    expect(found(values)).toEqual([]);
  });
});

describe("hosts, roles and aliases in any text", () => {
  test.each([
    ["https://keycloak.prod.example.com:443/realms", "keycloak"],
    ["Host(`api.prod.example.com`) && PathPrefix(`/v1`)", "api"],
    ["https://prod.example.com/x", ""],
    ["redirect_uri=https%3A%2F%2Fweb-ui.prod.example.com", "web-ui"],
    ["a.b.prod.example.com.", "a.b"],
  ])("%s expects the host %j", (text, name) => {
    expect(found({ text })).toEqual([`host ${name}`]);
  });

  test.each([
    "admin@prod.example.com",
    "*.prod.example.com",
    "api.notprod.example.com",
    "api.prod.example.com.au",
    "api.prod.example.community",
    "api.prodxexample.com",
  ])("%s expects none", (text) => {
    expect(found({ text })).toEqual([]);
  });

  test("ARNs of roles and aliases of keys are found as they are written", () => {
    expect(found({ role: roleArn, key: "alias/vault-kms-unseal-prod" })).toEqual([
      `role ${roleArn}`,
      "kms-alias alias/vault-kms-unseal-prod",
    ]);
  });
});

/** An Application as the chart of the applications renders it. */
function manifest(name: string, wave: number, values: YamlObject = {}) {
  return stringify({
    ...{ apiVersion: "argoproj.io/v1alpha1", kind: "Application" },
    metadata: { name, annotations: { "argocd.argoproj.io/sync-wave": String(wave) } },
    spec: {
      sources: [{ helm: { valuesObject: values } }],
      destination: { namespace: "orch-infra" },
      syncPolicy: { syncOptions: ["CreateNamespace=true"] },
    },
  });
}

/** What these applications expect and make, as `wave application kind name keys`. */
function expected(...manifests: readonly string[]) {
  const found = expectedBy(renderedApplications(manifests.join("---\n")).applications, names);
  return found.expectations.map(({ wave, application, kind, name, keys = [] }) =>
    [wave, application, kind, name, ...keys].join(" "),
  );
}

describe("what applications expect", () => {
  test("values may be a text, and there may be one source", () => {
    const text = manifest("app", 7).replace(
      "sources:\n    - helm:\n        valuesObject: {}",
      "source:\n    helm:\n      values: |\n        storageClass: gp3",
    );
    expect(expected(text)).toEqual(["7 app storage-class gp3"]);
  });

  test.each([
    ["traefik", { ports: { websecure: { port: 9443 } } }, "orch-gateway/traefik:443 9443"],
    ["traefik", { ports: { websecure: { exposedPort: 444 } } }, "orch-gateway/traefik:444 8443"],
    [
      "ingress-nginx",
      { controller: { containerPort: { https: 8444 } } },
      "orch-boots/ingress-nginx-controller:443 8444",
    ],
    [
      "ingress-haproxy",
      { controller: { service: { ports: { https: 444 } } } },
      "orch-boots/ingress-haproxy-kubernetes-ingress:444 8443",
    ],
  ])("%s has the ports that its values give", (application, values, port) => {
    expect(expected(manifest(application, 7, values))).toContain(`7 ${application} target-port ${port}`);
  });

  test("a namespace that Argo CD does not create is expected", () => {
    expect(expected(manifest("app", 7).replace("CreateNamespace=true", "Replace=true"))).toEqual([
      "7 app namespace orch-infra",
    ]);
  });

  test("the namespace of an object that others create is expected as well, in the same wave", () => {
    const values = { serviceAccount: { create: false, name: "pods" } };
    expect(expected(manifest("app", 7, values))).toEqual([
      "7 app service-account orch-infra/pods",
      "7 app namespace orch-infra",
    ]);
  });

  test("what another application creates is not expected, unless a key is missing", () => {
    const copy = { targetSecretName: "ca", keyName: [{ target: "ca.crt" }] };
    const reader = (caSecretKey: string) => manifest("reader", 9, { caSecretName: "ca", caSecretKey });
    expect(expected(manifest("copy", 8, copy), reader("ca.crt"))).toEqual([]);
    expect(expected(manifest("copy", 8, copy), reader("tls.crt"))).toContain(
      "9 reader secret orch-infra/ca tls.crt",
    );
  });

  test("keys that an application reads in several places are one expectation", () => {
    const env = ["PGHOST", "PGUSER"].map((key) => ({ secretKeyRef: { name: "db", key } }));
    expect(expected(manifest("app", 7, { env }))).toContain("7 app secret orch-infra/db PGHOST PGUSER");
  });

  test.each(unrenderedExpectations.map((row) => [row.application, `${row.kind} ${row.name}`, row] as const))(
    "%s expects %s, which no value shows",
    (application, _, row) => {
      const condition = (given: typeof row.where): YamlObject => {
        if (given === undefined) return {};
        const is = typeof given.is === "string" ? given.is.replace("{domain}", domain) : given.is;
        return given.path
          .split(" ")
          .reduceRight<unknown>((inner, key) => ({ [key]: inner }), is) as YamlObject;
      };
      const { kind } = row;
      const name = row.name.replaceAll("{environment}", "prod");
      const lines = (values: YamlObject) =>
        expected(manifest(application, 7, values)).filter((line) => line.includes(` ${kind} ${name}`));
      expect(row.source).toMatch(/^https:\/\/github\.com\//);
      expect(lines(condition(row.where))).toHaveLength(1);
      if (row.where !== undefined) expect(lines({})).toHaveLength(0);
      if (row.unless !== undefined) expect(lines(condition(row.unless))).toHaveLength(0);
    },
  );

  test.each(madeByCharts.map((row) => [row.application, row.name, row] as const))(
    "%s creates %s, which no value shows",
    (application, name, { kind, where }) => {
      const values = where === undefined ? {} : { [where.path]: where.is ?? true };
      const { made } = expectedBy(renderedApplications(manifest(application, 7, values)).applications, names);
      expect(made).toContainEqual(expect.objectContaining({ kind, name, by: application }));
      const without = expectedBy(renderedApplications(manifest(application, 7)).applications, names).made;
      if (where !== undefined) expect(without).not.toContainEqual(expect.objectContaining({ kind, name }));
    },
  );
});
