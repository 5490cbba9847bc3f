import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { layers } from "../modules";
import { issue } from "./certificates";
import { removeWorlds, terraformMissing, worldIn } from "./provision/real-world";
import { run } from "./provision/runs";
import type { RawEnvironment } from "./synth";

afterEach(removeWorlds);

const domain = "dev.edge.example.com";
const authority = issue({ name: "Authority", to: new Date("2099-01-01T00:00:00Z") });
const server = issue({
  name: domain,
  by: authority,
  names: [domain, `*.${domain}`],
  to: new Date("2099-01-01T00:00:00Z"),
});
/** A line of the key that nothing else can contain. */
const seed = server.privateKey.split("\n")[1] ?? "";

/** configs/dev.yaml with a certificate from files. */
function withCertificateFiles(): string {
  const raw: RawEnvironment = parse(readFileSync(join(__dirname, "../configs/dev.yaml"), "utf8"));
  const files = {
    certificateFile: "tls/server.crt",
    privateKeyFile: "tls/server.key",
    chainFile: "tls/chain.crt",
  };
  raw.layers.route53 = { certificate: { source: "pem", ...files } };
  return stringify(raw);
}

test.skipIf(terraformMissing)(
  "a private key given as a file ends in the state of its layer, which AWS and Terraform leave no way around, and nowhere else",
  async () => {
    const world = worldIn(withCertificateFiles());
    world.files.write("configs/tls/server.crt", server.certificate);
    world.files.write("configs/tls/server.key", server.privateKey, "secret");
    world.files.write("configs/tls/chain.crt", authority.certificate);
    expect(await run(world, "apply --env dev --rehearse --until route53", layers)).toBe(0);
    expect(await run(world, "plan --env dev --rehearse --only route53", layers)).toBe(0);
    expect(await run(world, "export --env dev --out exported", layers)).toBe(0);

    expect(seed.length).toBeGreaterThan(60);
    expect(world.printed.filter((line) => line.includes(seed))).toEqual([]);
    const holders = world.files.list(".").filter((file) => world.files.read(file)?.includes(seed));
    expect(holders.map(kindOf).sort()).toEqual(["its own file", "simulated ACM", "state of route53"]);
  },
  300_000,
);

/** What a file that holds the key is, in the words of the test; any other file is named. */
function kindOf(file: string): string {
  if (file === "configs/tls/server.key") return "its own file";
  if (file.includes("account/cloud/aws_acm_certificate/")) return "simulated ACM";
  if (/account\/.*us-west-2(\/|%2F)route53(\/|%2F)dev$/.test(file)) return "state of route53";
  return file;
}
