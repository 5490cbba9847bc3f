import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { layers } from "../../modules";
import { issue } from "../certificates";
import { removeWorlds, terraformMissing, type WatchedWorld, worldIn } from "../provision/real-world";
import { run, table } from "../provision/runs";

const dev = readFileSync(join(__dirname, "../../configs/dev.yaml"), "utf8");
const domain = "dev.edge.example.com";
const foundations = ["s3-backend", "kms", "platform", "audit", "vpc"];
const later = new Date("2099-01-01T00:00:00Z");
const server = issue({ name: domain, names: [domain, `*.${domain}`], to: later });

afterEach(removeWorlds);

function withCertificate(certificate: string): string {
  return dev.replace(/^layers:\n/m, `layers:\n  route53:\n    certificate: ${certificate}\n`);
}

/** The certificates in the account, and those that listeners have, by the name of the resource. */
function certificates(world: WatchedWorld) {
  const objects = world.rehearsed().objects();
  const names = (type: string) => objects.filter((object) => object.type === type);
  return {
    all: names("aws_acm_certificate")
      .map(({ attributes }) => tagOf(attributes))
      .sort(),
    listeners: names("aws_lb_listener").length,
  };
}

function tagOf({ tags }: Readonly<Record<string, unknown>>): unknown {
  return tags !== null && typeof tags === "object" && "Name" in tags ? tags.Name : undefined;
}

// A load balancer's certificate cannot be deleted: the simulated ACM refuses it, as the real one does.
test.skipIf(terraformMissing)(
  "a certificate of another source stays until load balancers have the new one, in either direction",
  async () => {
    const world = worldIn(withCertificate("{ source: lets-encrypt }"));
    world.files.write("configs/server.crt", server.certificate);
    world.files.write("configs/server.key", server.privateKey);
    const only = (names: readonly string[]) => names.map((name) => `--only ${name}`).join(" ");
    const apply = (names: readonly string[]) =>
      run(world, `apply --env dev --rehearse ${only(names)}`, layers);
    expect(await apply([...foundations, "route53", "lb-waf"])).toBe(0);
    expect(certificates(world).all).toEqual(["acm-certificate-dev"]);

    for (const [source, former, next] of [
      [
        "{ source: pem, certificateFile: server.crt, privateKeyFile: server.key }",
        "acm-certificate-dev",
        domain,
      ],
      ["{ source: lets-encrypt }", domain, "acm-certificate-dev"],
    ] as const) {
      world.files.write("configs/dev.yaml", withCertificate(source));
      world.printed.length = 0;
      expect(await apply(["route53", "lb-waf"]), world.printed.join("\n")).toBe(0);
      expect(certificates(world).all).toEqual([former, next].sort());
      expect(world.printed.join("\n")).toMatch(
        /The former certificate, arn:\S+, stays: lb-waf uses it; the next apply of route53 after theirs deletes it/,
      );
      expect(await apply(["route53"])).toBe(0);
      expect(certificates(world).all).toEqual([next]);
      expect(await apply(["route53", "lb-waf"])).toBe(0);
      expect(table(world)).toEqual({ route53: "unchanged", "lb-waf": "unchanged" });
    }
  },
  600_000,
);
