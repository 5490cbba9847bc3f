import type { IncomingMessage } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { KubernetesApi } from "../../scripts/provision/world/index";
import { kubernetes } from "../../scripts/provision/world/kubernetes";
import { network } from "../../scripts/provision/world/network";
import { issue } from "../certificates";

const serverName = "4711.gr7.us-west-2.eks.amazonaws.com";
const authority = issue({ name: "cluster", authority: true });
const certificate = issue({ name: "api", by: authority, names: [serverName] });
const applications = { apiVersion: "argoproj.io/v1alpha1", kind: "Application" };
const application = { ...applications, metadata: { name: "vault", namespace: "dev" } };

/** What one request was. */
interface Asked {
  readonly line: string;
  readonly token: string | undefined;
  readonly type: string | undefined;
  readonly body: unknown;
}

let asked: Asked[] = [];
let server: Server;
let port = 0;
let token = "first";

/** What the API answers; its kinds are those that the client looks up. */
const answers: Record<string, unknown> = {
  "GET /apis/argoproj.io/v1alpha1": {
    ...{ kind: "APIResourceList", groupVersion: "argoproj.io/v1alpha1" },
    resources: [{ name: "applications", kind: "Application", namespaced: true, verbs: [], singularName: "" }],
  },
  "GET /api/v1": {
    ...{ kind: "APIResourceList", groupVersion: "v1" },
    resources: [{ name: "events", kind: "Event", namespaced: true, verbs: [], singularName: "" }],
  },
  "GET /apis/argoproj.io/v1alpha1/namespaces/dev/applications": {
    ...{ apiVersion: "argoproj.io/v1alpha1", kind: "ApplicationList", metadata: {} },
    items: [{ ...application, status: { sync: { status: "Synced" } } }],
  },
  "GET /apis/argoproj.io/v1alpha1/namespaces/dev/applications/vault": {
    ...application,
    metadata: { ...application.metadata, deletionTimestamp: "2026-01-01T10:00:00Z" },
  },
  "GET /api/v1/namespaces/dev/events?fieldSelector=type%3DWarning": {
    ...{ apiVersion: "v1", kind: "EventList", metadata: {} },
    items: [
      {
        metadata: { name: "e", namespace: "dev" },
        involvedObject: { name: "vault-0" },
        lastTimestamp: "2026-01-01T10:00:00Z",
        message: "Back-off",
      },
    ],
  },
  "PATCH /apis/argoproj.io/v1alpha1/namespaces/dev/applications/vault": application,
  "POST /apis/argoproj.io/v1alpha1/namespaces/dev/applications": application,
  "DELETE /apis/argoproj.io/v1alpha1/namespaces/dev/applications/vault": {
    ...{ kind: "Status", apiVersion: "v1", status: "Success" },
  },
};

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text === "" ? undefined : JSON.parse(text);
}

beforeAll(async () => {
  const { certificate: cert, privateKey: key } = certificate;
  server = createServer({ cert, key }, (request, response) => {
    void bodyOf(request).then((body) => {
      const line = `${request.method ?? ""} ${request.url ?? ""}`;
      const { authorization, "content-type": type } = request.headers;
      asked.push({ line, token: authorization, type, body });
      const answer = answers[line];
      const refusal = { kind: "Status", message: `no ${request.url ?? ""} here`, code: 404 };
      response.writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify(answer ?? refusal));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  // A server on a port has one.
  port = (server.address() as AddressInfo).port;
});

afterAll(() => {
  server.close();
});

beforeEach(() => {
  asked = [];
  token = "first";
});

function connect(change: { readonly serverName?: string; readonly url?: string } = {}): KubernetesApi {
  return kubernetes.connect({
    ...{ url: `https://localhost:${port}`, serverName, authority: authority.certificate },
    token: () => Promise.resolve(token),
    ...change,
  });
}

const lines = () => asked.map(({ line }) => line.replace("/apis/argoproj.io/v1alpha1", "…"));

test("objects of any kind are read as JSON, where their kind is, once it was looked up", async () => {
  const api = connect();
  expect(await api.list(applications, { namespace: "dev" })).toEqual([
    { ...application, status: { sync: { status: "Synced" } } },
  ]);
  expect(await api.read(application)).toMatchObject({
    metadata: { deletionTimestamp: expect.stringMatching(/^2026-01-01T10:00:00(\.000)?Z$/) as string },
  });
  const warnings = await api.list(
    { apiVersion: "v1", kind: "Event" },
    { namespace: "dev", fields: "type=Warning" },
  );
  expect(warnings).toMatchObject([{ involvedObject: { name: "vault-0" }, message: "Back-off" }]);
  expect(lines()).toEqual([
    "GET …",
    "GET …/namespaces/dev/applications",
    "GET …/namespaces/dev/applications/vault",
    "GET /api/v1",
    "GET /api/v1/namespaces/dev/events?fieldSelector=type%3DWarning",
  ]);
});

test("a change is a merge patch of what is named, in which null stays", async () => {
  await connect().patch(application, {
    spec: { syncPolicy: { automated: null } },
    metadata: { finalizers: null, resourceVersion: "7" },
  });
  expect(asked.at(-1)).toMatchObject({
    type: "application/merge-patch+json",
    body: {
      spec: { syncPolicy: { automated: null } },
      metadata: { name: "vault", namespace: "dev", finalizers: null, resourceVersion: "7" },
    },
  });
});

test("objects are created and deleted", async () => {
  const api = connect();
  await api.create({ ...application, spec: { project: "dev" } });
  await api.delete(application);
  expect(asked.find(({ line }) => line.startsWith("POST"))?.body).toMatchObject({ spec: { project: "dev" } });
  expect(lines().at(-1)).toBe("DELETE …/namespaces/dev/applications/vault");
});

test("each request has the token of that moment", async () => {
  const api = connect();
  await api.list(applications, { namespace: "dev" });
  token = "second";
  await api.list(applications, { namespace: "dev" });
  expect(new Set(asked.map((one) => one.token))).toEqual(new Set(["Bearer first", "Bearer second"]));
});

test.each([
  ["an object that is missing", { ...application, metadata: { name: "none", namespace: "dev" } }],
  ["a kind that its group does not have", { ...application, kind: "AppProject" }],
  ["a group that does not exist", { ...application, apiVersion: "none.io/v1" }],
])("%s is 404", async (_, name) => {
  await expect(connect().read(name)).rejects.toMatchObject({ name: "KubernetesError", status: 404 });
});

test("what the API says of it is the message", async () => {
  const name = { ...application, metadata: { name: "none", namespace: "dev" } };
  await expect(connect().read(name)).rejects.toThrow(
    "no /apis/argoproj.io/v1alpha1/namespaces/dev/applications/none here",
  );
});

test.each([
  ["nothing listens", { url: "https://localhost:9" }, /ECONNREFUSED/],
  ["the certificate has another name", { serverName: "other.example.com" }, /altnames/],
])("where %s, there is no status", async (_, change, message) => {
  const request = connect(change).list(applications);
  await expect(request).rejects.toMatchObject({ name: "KubernetesError", status: undefined });
  await expect(request).rejects.toThrow(message);
});

test("a certificate that no authority of its own ends is trusted only where each ends a chain, as in Go", async () => {
  const at = { host: "127.0.0.1", port };
  const speaks = { protocol: "tls", serverName, authority: certificate.certificate } as const;
  expect(await network.answers({ ...at, speaks })).toBe(false);
  expect(await network.answers({ ...at, speaks: { ...speaks, anchors: "any" } })).toBe(true);
  const other = issue({ name: "other", names: [serverName] }).certificate;
  expect(await network.answers({ ...at, speaks: { ...speaks, authority: other, anchors: "any" } })).toBe(
    false,
  );
});

test("a name resolves or does not", async () => {
  expect(await network.resolves("localhost")).toBe(true);
  expect(await network.resolves("no..name")).toBe(false);
  expect(await network.nameServers("no..name")).toBeUndefined();
});
