import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loggedText } from "../../scripts/provision/terraform/log-entry";
import { runLogging } from "../../scripts/provision/terraform/own-log";
import { processesBelow } from "../../scripts/provision/world/processes";
import { issue } from "../certificates";
import { holds, type Secret } from "../secrets/traces";
import { type Moto, startMoto } from "./moto";
import { realProviders } from "./terraform";
import { missing, tools } from "./tools";

const because = missing("terraform", "mirror", "moto");
const server = issue({ name: "example.com", to: new Date("2099-01-01T00:00:00Z") });
const [, core = ""] = server.privateKey.split("\n");
const secrets: readonly Secret[] = [
  { name: "written", cores: ["s33dOfTheWrittenSecret"] },
  { name: "private key", cores: [core] },
];

/** A secret that is written and read again as the layers do it, and a certificate whose key is a variable. */
const layer = {
  terraform: { required_providers: { aws: { source: "hashicorp/aws", version: "5.100.0" } } },
  provider: { aws: [{ region: "us-west-2" }] },
  variable: { certificate: { type: "string" }, key: { type: "string", sensitive: true } },
  ephemeral: {
    aws_secretsmanager_random_password: { generated: { password_length: 32 } },
    aws_secretsmanager_secret_version: {
      read: { secret_id: "${aws_secretsmanager_secret_version.written.secret_id}" },
    },
  },
  resource: {
    aws_secretsmanager_secret: {
      written: { name: "written" },
      copied: { name: "copied" },
    },
    aws_secretsmanager_secret_version: {
      written: {
        secret_id: "${aws_secretsmanager_secret.written.id}",
        secret_string_wo:
          '${jsonencode({ seed = "s33dOfTheWrittenSecret", more = ephemeral.aws_secretsmanager_random_password.generated.random_password })}',
        secret_string_wo_version: 1,
      },
      copied: {
        secret_id: "${aws_secretsmanager_secret.copied.id}",
        secret_string_wo: "${ephemeral.aws_secretsmanager_secret_version.read.secret_string}",
        secret_string_wo_version: 1,
      },
    },
    aws_acm_certificate: {
      imported: { certificate_body: "${var.certificate}", private_key: "${var.key}" },
    },
  },
};

let moto: Moto;
let scratch: string;

describe.skipIf(because !== undefined)(`Terraform's own log ${because ?? ""}`, () => {
  beforeAll(async () => {
    moto = await startMoto();
    scratch = mkdtempSync(join(tmpdir(), "terraform-log-"));
    writeFileSync(join(scratch, "main.tf.json"), JSON.stringify(layer));
  });
  afterAll(() => {
    moto.stop();
    rmSync(scratch, { recursive: true });
  });

  test("has the secrets of a layer at TRACE, and none of them once it is read", async () => {
    const said: string[] = [];
    const logged: string[] = [];
    const terraform = async (...args: string[]) => {
      const environment = {
        ...{ PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", CHECKPOINT_DISABLE: "1" },
        ...{ ...moto.variables, ...realProviders(scratch), TF_LOG: "TRACE", TF_LOG_PATH: "own.log" },
        ...{ TF_VAR_certificate: server.certificate, TF_VAR_key: server.privateKey },
      };
      const command = { program: tools.terraform ?? "", arguments: args, folder: ".", environment };
      const use = { wanted: { level: "TRACE", format: "text" }, isSecret: true, mask: String } as const;
      const { exitCode, stderr } = await runLogging(processesBelow(scratch), command, (line) => {
        said.push(line);
        const text = loggedText(line, use);
        logged.push(text ?? "");
        return text !== undefined;
      });
      expect([exitCode, stderr]).toEqual([0, ""]);
    };
    await terraform("init", "-input=false");
    await terraform("apply", "-input=false", "-auto-approve");
    const named = (lines: readonly string[]) =>
      secrets.filter((secret) => holds(Buffer.from(lines.join("\n")), secret)).map(({ name }) => name);
    expect(named(said)).toEqual(["written", "private key"]);
    expect(named(logged)).toEqual([]);
    expect(logged.join("\n")).toContain("http.request.header.x_amz_target=secretsmanager.PutSecretValue");
    expect(logged.filter((text) => text.includes("[TRACE]")).length).toBeGreaterThan(100);
  }, 300_000);
});
