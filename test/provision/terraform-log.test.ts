import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformVariable } from "cdktf";
import { expect, test } from "vitest";
import { z } from "zod";
import { defineLayer } from "../../lib/layer/layer";
import { loggedText } from "../../scripts/provision/terraform/log-entry";
import type { LayerJson } from "../../synthesis/environment";
import { holdsSecrets } from "../../synthesis/secret-values";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";
import { cellar, ground } from "./toys";

const password = "c0rrect-horse-battery";
const request = { "@level": "debug", "@module": "aws", "@timestamp": "2026-01-01T09:00:00Z" };
const sending = {
  ...{ ...request, "@message": "HTTP Request Sent", "http.method": "POST" },
  "http.request.body": JSON.stringify({ SecretString: password }),
};
/** As the Kubernetes provider logs a Secret before it creates it. */
const submitting = {
  ...{ ...request, "@module": "provider.terraform-provider-kubernetes_v2.38.0_x5" },
  "@message": `[INFO] Submitting new secret: &v1.Secret{Data:map[string]string{"password":"${password}"}}`,
};
const detail = { ...request, "@level": "trace", "@message": "Calling provider" };

const vault = defineLayer({
  ...{ name: "vault", summary: "Secrets", settings: z.strictObject({}), needs: {}, outputs: {} },
  build(stack) {
    new TerraformVariable(stack, "password", { type: "string", sensitive: true });
    return {};
  },
});
const layers = [cellar, ground, vault];

/** A world whose Terraform logs what its variables ask for, on standard error. */
function logging(variables: Readonly<Record<string, string>>): FakeWorld {
  const world = new FakeWorld();
  Object.assign(world.environment, { TF_VAR_password: password, ...variables });
  const start = world.processes.run.bind(world.processes);
  Object.assign(world.processes, {
    run: async (command: Parameters<typeof start>[0]) => {
      const finished = await start(command);
      const logged = command.environment["TF_LOG"] === undefined ? [] : [sending, submitting, detail];
      const lines = [...logged.map((entry) => JSON.stringify(entry)), ...finished.stderr.split("\n")];
      for (const line of lines) command.onErrorLine?.(line);
      return { ...finished, stderr: lines.join("\n") };
    },
  });
  return world;
}

const logOf = (world: FakeWorld, layer: string) =>
  [...world.texts].find(([path]) => path.endsWith(`/${layer}.log`))?.[1] ?? "";

test.each([
  [{ TF_LOG: "DEBUG" }, "TF_LOG=DEBUG"],
  [{ TF_LOG: "trace" }, "TF_LOG=trace"],
  [{ TF_LOG: "json" }, "TF_LOG=json"],
  // Terraform takes what it does not know for TRACE.
  [{ TF_LOG: "1" }, "TF_LOG=1"],
  [{ TF_LOG: "WARN", TF_LOG_CORE: "DEBUG" }, "TF_LOG_CORE=DEBUG"],
  [{ TF_LOG_PROVIDER: "DEBUG", TF_LOG_PATH: "t.log" }, "TF_LOG_PROVIDER=DEBUG"],
])("a layer with secrets is not run with %j, unless that is asked for", async (variables, shown) => {
  const [variable = ""] = shown.split("=");
  const world = logging(variables);
  expect(await run(world, "plan --env dev", layers)).toMatchObject({
    message: `Cannot plan "dev": with ${shown}, Terraform logs the secrets of vault`,
    hint: `Unset ${variable} or set it to INFO, or select other layers; --allow-debug-log leaves the contents of requests out of the log of these layers`,
    exitCode: 4,
  });
  expect(world.ran).toEqual([]);
  expect(await run(logging(variables), "plan --env dev --only ground", layers)).toBe(0);
  expect(await run(logging(variables), "plan --env dev --allow-debug-log", layers)).toBe(0);
});

test.each([
  { TF_LOG: "INFO" },
  { TF_LOG: "warn" },
  { TF_LOG: "off" },
  { TF_LOG: "" },
  { TF_LOG_PATH: "t.log" },
])("every layer is run with %j, with which no request is logged", async (variables) => {
  expect(await run(logging(variables), "plan --env dev", layers)).toBe(0);
});

test("messages are not dumped to files where they have secrets, whatever is asked for", async () => {
  const dumping = { TF_LOG_SDK_PROTO_DATA_DIR: "/tmp/dump" };
  expect(await run(logging(dumping), "apply --env dev --yes --allow-debug-log", layers)).toMatchObject({
    message:
      'Cannot apply "dev": with TF_LOG_SDK_PROTO_DATA_DIR, providers write the secrets of vault to files',
    hint: "Unset TF_LOG_SDK_PROTO_DATA_DIR, or select other layers",
    exitCode: 4,
  });
  expect(await run(logging(dumping), "plan --env dev --only ground", layers)).toBe(0);
});

test("what is logged of a layer with secrets has no contents, wherever it goes", async () => {
  const world = logging({ TF_LOG: "DEBUG" });
  await run(world, "plan --env dev --allow-debug-log", layers);
  expect(logOf(world, "vault")).toContain(
    "2026-01-01T09:00:00Z [DEBUG] aws: HTTP Request Sent: http.method=POST\n",
  );
  expect(logOf(world, "vault")).toContain("[INFO] Submitting new secret: &v1.Secret...\n");
  expect(logOf(world, "vault")).not.toContain("Calling provider");
  expect(logOf(world, "ground")).toContain("http.request.body=");

  const elsewhere = logging({ TF_LOG: "JSON", TF_LOG_PATH: "terraform.log" });
  await run(elsewhere, "plan --env dev --only vault --allow-debug-log", layers);
  const entries = (elsewhere.texts.get("terraform.log") ?? "").trimEnd().split("\n");
  expect(entries.map((entry) => JSON.parse(entry) as unknown)).toContainEqual(detail);
  for (const ran of [world, elsewhere])
    expect([...ran.texts].filter(([, text]) => text.includes(password))).toEqual([]);
});

test("plans, states and outputs, which have values, are in no log", async () => {
  const world = new FakeWorld();
  const documents = ["resource_changes", '"lineage"', '"value":"vpc-'];
  const printed = new Set<string>();
  const start = world.processes.run.bind(world.processes);
  Object.assign(world.processes, {
    run: async (command: Parameters<typeof start>[0]) => {
      const finished = await start(command);
      for (const part of documents) if (finished.stdout.includes(part)) printed.add(part);
      return finished;
    },
  });
  expect(await run(world, "apply --env dev --yes")).toBe(0);
  expect([...printed].sort()).toEqual(documents.toSorted());
  const logs = [...world.texts].filter(([path]) => path.endsWith(".log")).map(([, text]) => text);
  expect(logs.join("")).toContain("output -json");
  for (const part of documents) expect(logs.join("")).not.toContain(part);
});

test("Terraform logs to standard error alone, which is apart from what failed", async () => {
  const world = logging({ TF_LOG_CORE: "DEBUG", TF_LOG_PROVIDER: "WARN", TF_LOG_PATH: "terraform.log" });
  world.faults.init.set("ground", "Error: no such host");
  const failed = await run(world, "plan --env dev --only ground", layers);
  expect(world.commands[0]?.environment).toMatchObject({ TF_LOG: "JSON", TF_LOG_PROVIDER: "WARN" });
  expect(world.commands[0]?.environment).not.toHaveProperty("TF_LOG_PATH");
  expect(world.commands[0]?.environment).not.toHaveProperty("TF_LOG_CORE");
  expect(failed).toHaveProperty("message", expect.stringContaining("no such host"));
  expect(failed).toHaveProperty("message", expect.not.stringContaining("HTTP Request Sent"));
});

test("fields of a kind that is not known are left out, as are objects in errors", () => {
  const use = { wanted: { level: "TRACE", format: "json" }, isSecret: true, mask: String } as const;
  const entry = { ...detail, error: `cannot decode {"a":"${password}"}`, values: password, tf_rpc: "Apply" };
  const text = loggedText(JSON.stringify(entry), use);
  expect(JSON.parse(text ?? "")).toEqual({ ...detail, error: "cannot decode ...", tf_rpc: "Apply" });
  expect(loggedText("Error: {", use)).toBeUndefined();
  expect(loggedText('{"@level":"debug"', use)).toBeUndefined();
});

test("the layers with secrets are known by their Terraform JSON", () => {
  const folder = join(__dirname, "../golden");
  const files = readdirSync(folder).filter((name) => name.endsWith(".tf.json"));
  const secret = files.filter((name) =>
    // Our own synthesis.
    holdsSecrets(JSON.parse(readFileSync(join(folder, name), "utf8")) as LayerJson),
  );
  expect(secret.map((name) => name.replace(".tf.json", ""))).toEqual([
    "argocd",
    "aurora",
    "platform",
    "route53",
  ]);
});
