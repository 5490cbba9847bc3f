import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Client, credentials } from "@grpc/grpc-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decode } from "../protocol/decode";
import { encode } from "../protocol/encode";
import { rpcs } from "../protocol/tfplugin";
import { Scratch } from "./rehearse";

const cookie = { TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2" };

describe("A provider process, which Terraform starts", () => {
  let scratch: Scratch;
  let plugin: string;

  beforeAll(async () => {
    scratch = await Scratch.start();
    const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
    const folder = join(
      scratch.directory,
      "mirror",
      "registry.terraform.io",
      "hashicorp",
      "helm",
      "3.1.1",
      platform,
    );
    plugin = join(folder, "terraform-provider-helm_v3.1.1");
  });

  afterAll(async () => {
    await scratch.end();
  });

  async function start(
    variables: Record<string, string>,
  ): Promise<{ child: ChildProcess; fields: string[] }> {
    const child = spawn(plugin, { stdio: ["ignore", "pipe", "inherit"], env: { ...cookie, ...variables } });
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    return { child, fields: line.toString().trim().split("|") };
  }

  async function end(child: ChildProcess): Promise<void> {
    child.kill("SIGTERM");
    if (child.exitCode === null) await once(child, "exit");
  }

  it("refuses to run by hand", () => {
    const { status, stdout, stderr } = spawnSync(plugin, { encoding: "utf8", env: {} });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toBe("Cannot serve a provider: Terraform did not start this process\n");
  });

  it("tells where it listens, in the protocol version that is wanted", async () => {
    const six = await start({ PLUGIN_PROTOCOL_VERSIONS: "5,6" });
    expect(six.fields.slice(0, 3)).toEqual(["1", "6", "unix"]);
    expect(six.fields.slice(4)).toEqual(["grpc", ""]);
    await end(six.child);
    const five = await start({ PLUGIN_PROTOCOL_VERSIONS: "4,5" });
    expect(five.fields[1]).toBe("5");
    await end(five.child);
  });

  it.each([
    ["5", "GetSchema"],
    ["6", "GetProviderSchema"],
  ])("answers in protocol %s", async (version, call) => {
    const { child, fields } = await start({ PLUGIN_PROTOCOL_VERSIONS: version });
    const client = new Client(`unix:${fields[3] ?? ""}`, credentials.createInsecure());
    const { request, response } = rpcs.GetProviderSchema;
    const schema = await new Promise<ReturnType<typeof decode<typeof response>>>((resolve, reject) => {
      client.makeUnaryRequest(
        `/tfplugin${version}.Provider/${call}`,
        () => encode(request, {}),
        (bytes: Buffer) => decode(response, bytes),
        {},
        (error, answer) => {
          if (answer) resolve(answer);
          else reject(error ?? new Error("no answer"));
        },
      );
    });
    client.close();
    expect(Object.keys(schema.resource_schemas)).toEqual(["helm_release"]);
    await end(child);
  });

  it("leaves its socket's folder as it found it", async () => {
    const { child, fields } = await start({ PLUGIN_PROTOCOL_VERSIONS: "6" });
    expect(existsSync(fields[3]!)).toBe(true);
    await end(child);
    expect(existsSync(fields[3]!)).toBe(false);
  });

  it("leaves when nobody reads where it listens", async () => {
    const child = spawn(plugin, { stdio: ["ignore", "pipe", "ignore"], env: cookie });
    child.stdout.destroy();
    await once(child, "exit");
    expect(child.exitCode).toBe(0);
  });

  it("does not outlive the process that started it", async () => {
    const variables = { ...cookie, PATH: process.env["PATH"] ?? "", PLUGIN: plugin };
    // The shell stands for a Terraform that is killed: it starts the plugin, tells its pid and waits.
    const handshake = join(scratch.directory, "handshake");
    const script = '"$PLUGIN" > "$0" & echo $!; wait';
    const shell = spawn("/bin/sh", ["-c", script, handshake], {
      stdio: ["ignore", "pipe", "inherit"],
      env: variables,
    });
    const [line] = (await once(shell.stdout, "data")) as [Buffer];
    const pid = Number(line.toString());
    await expect.poll(() => readFileSync(handshake, "utf8"), { timeout: 10_000 }).toContain("|grpc|");
    expect(isRunning(pid)).toBe(true);
    shell.kill("SIGKILL");
    await expect.poll(() => isRunning(pid), { timeout: 10_000, interval: 100 }).toBe(false);
  });
});

function isRunning(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.trim() !== "" && !stdout.includes("Z");
}
