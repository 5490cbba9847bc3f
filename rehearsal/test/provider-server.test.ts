import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Client, credentials } from "@grpc/grpc-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toWire } from "../engine/wire";
import { decode } from "../protocol/decode";
import { encode } from "../protocol/encode";
import { rpcs } from "../protocol/tfplugin";
import { awsStack, Scratch } from "./rehearse";

type Call = keyof typeof rpcs;
type Answer = Readonly<Record<string, unknown>>;

describe("A simulated provider", () => {
  let scratch: Scratch;
  const clients: Client[] = [];

  beforeAll(async () => {
    scratch = await Scratch.start();
  });
  afterAll(async () => {
    for (const client of clients) client.close();
    await scratch.end();
  });

  const addresses = () =>
    JSON.parse(scratch.rehearsal.environment["TF_REATTACH_PROVIDERS"] ?? "") as Record<
      string,
      { Addr: { String: string }; Pid: number; Test: boolean }
    >;
  const socketOf = (name: string) =>
    addresses()[`registry.terraform.io/hashicorp/${name}`]?.Addr.String ?? "";

  /** A connection of its own, as Terraform opens one for every configuration. */
  function connect(name: string): (call: Call, fields: Answer) => Promise<Answer> {
    const client = new Client(`unix:${socketOf(name)}`, credentials.createInsecure(), {
      "grpc.use_local_subchannel_pool": 1,
    });
    clients.push(client);
    return (call, fields) =>
      new Promise((resolve, reject) => {
        client.makeUnaryRequest<Answer, Answer>(
          `/tfplugin6.Provider/${call}`,
          (values) => encode(rpcs[call].request, values),
          (bytes) => decode(rpcs[call].response, bytes),
          fields,
          (error, answer) => {
            if (answer) resolve(answer);
            else reject(error ?? new Error("no answer"));
          },
        );
      });
  }

  it("is there for Terraform and OpenTofu, which must not end it", () => {
    const names = ["aws", "kubernetes", "helm"];
    const registries = ["registry.terraform.io", "registry.opentofu.org"];
    const all = names.flatMap((name) => registries.map((registry) => `${registry}/hashicorp/${name}`));
    expect(Object.keys(addresses())).toEqual(all);
    for (const { Pid, Test } of Object.values(addresses()))
      expect({ Pid, Test }).toEqual({ Pid: process.pid, Test: true });
  });

  it("can be reached only by this user", () => {
    expect(statSync(dirname(socketOf("aws"))).mode & 0o077).toBe(0);
  });

  it("is another one in every connection, so that two configurations do not share a region", async () => {
    const [east, west] = [connect("aws"), connect("aws")];
    await east("ConfigureProvider", { config: toWire({ region: "us-east-1" }) });
    await west("ConfigureProvider", { config: toWire({ region: "us-west-2" }) });
    const request = { type_name: "aws_region", config: toWire({}) };
    const regions = await Promise.all([east, west].map((call) => call("ReadDataSource", request)));
    const texts = regions.map(({ state }) =>
      Buffer.from((state as { msgpack: Uint8Array }).msgpack).toString(),
    );
    expect(texts[0]).toContain("us-east-1");
    expect(texts[1]).toContain("us-west-2");
    expect(texts[1]).not.toContain("us-east-1");
  });

  it("names the call that it cannot answer", async () => {
    const request = { type_name: "aws_nothing", config: toWire({}) };
    await expect(connect("aws")("ValidateResourceConfig", request)).rejects.toThrow(
      /ValidateResourceConfig: .*Cannot find the schema of the resource "aws_nothing"/s,
    );
  });

  it("says in one line which file of the account the system refuses", async () => {
    const folder = `${scratch.directory}/cloud/aws_key_pair`;
    mkdirSync(dirname(folder), { recursive: true });
    writeFileSync(folder, "");
    const request = { type_name: "aws_key_pair", current_state: toWire({ id: "one" }) };
    const { diagnostics } = await connect("aws")("ReadResource", request);
    rmSync(folder);
    const [summary] = (diagnostics as readonly { readonly summary: string }[]).map((each) => each.summary);
    expect(summary).toBe(`Cannot use "${folder}/one.json": not a directory (ENOTDIR)`);
  });

  it("needs neither an installation nor a lock file", async () => {
    await scratch.stack("stack", awsStack({}));
    expect(existsSync(`${scratch.directory}/stacks/stack/.terraform.lock.hcl`)).toBe(false);
    expect(existsSync(`${scratch.directory}/stacks/stack/.terraform/providers`)).toBe(false);
  });

  it("is the only kind of provider that there is", async () => {
    scratch.write("other", { terraform: { required_providers: { random: { source: "hashicorp/random" } } } });
    expect(await scratch.refusal("other", ["init"])).toContain(
      "provider registry.terraform.io/hashicorp/random was not found in any of the search locations",
    );
  });

  it("is deleted when the rehearsal stops", async () => {
    const other = await Scratch.start();
    const own = other.rehearsal.environment["TF_REATTACH_PROVIDERS"] ?? "";
    const [, socket = ""] = /"String":"([^"]+)"/.exec(own) ?? [];
    expect(existsSync(socket)).toBe(true);
    await other.end();
    expect(existsSync(dirname(socket))).toBe(false);
  });
});
