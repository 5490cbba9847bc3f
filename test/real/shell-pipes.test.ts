import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CommandResult, runCommand } from "./command";

const root = resolve(__dirname, "../..");
const seed = "seedOfThePassword0123456789";
const secretArn = "arn:aws:secretsmanager:us-west-2:111122223333:secret:example-argocd-admin-AbCdEf";
const isMissing = (program: string) => spawnSync(program, ["--version"]).error !== undefined;
const noJq = isMissing("jq");

/** Outputs in the states of an applied environment, by layer. */
const outputs: Readonly<Record<string, object>> = {
  argocd: {
    namespace: "argocd",
    argocdUrl: "https://argocd.example.com",
    giteaUrl: "https://gitea.example.com",
  },
  platform: {
    userSecretArns: { "argocd-admin": secretArn, "gitea-admin": "arn:g", "keycloak-admin": "arn:k" },
  },
  efs: { fileSystemId: "fs-0123456789" },
};

let aws: Server;
let folder: string;
let variables: Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "shell-pipes-"));
  mkdirSync(join(folder, "configs"));
  copyFileSync(join(root, "configs/example.yaml"), join(folder, "configs/example.yaml"));
  aws = createServer((request, response) => {
    if (request.headers["x-amz-target"] === "secretsmanager.GetSecretValue")
      return void response.end(JSON.stringify({ SecretString: JSON.stringify({ password: seed }) }));
    const [, layer = ""] = /us-west-2\/([\w-]+)\/example/.exec(decodeURIComponent(request.url ?? "")) ?? [];
    if (outputs[layer] !== undefined) return void response.end(stateWith(outputs[layer]));
    response.statusCode = 404;
    response.end("<Error><Code>NoSuchKey</Code><Message>none</Message></Error>");
  });
  const port = await new Promise<number>((done) => {
    aws.listen(0, "127.0.0.1", () => {
      const address = aws.address();
      done(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  const credentials = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  variables = { ...credentials, AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`, HOME: folder };
});
afterAll(() => {
  aws.close();
  rmSync(folder, { recursive: true });
});

function stateWith(values: object): string {
  const given = Object.entries(values).map(([name, value]: [string, unknown]) => [name, { value }]);
  return JSON.stringify({ version: 4, serial: 1, outputs: Object.fromEntries(given), resources: [] });
}

/** Runs a line of a shell in which `provision` is the product. */
function shell(line: string): Promise<CommandResult> {
  const program = `"${process.execPath}" "${root}/node_modules/ts-node/dist/bin.js" --project "${root}/tsconfig.json" "${root}/scripts/provision.ts"`;
  const script = `provision() { ${program} "$@"; }\n${line}`;
  return runCommand({ program: "sh", folder, variables }, "-c", script);
}

test("a password goes through a pipe as it is, and is in no file and on no other stream", async () => {
  const line = "provision password argocd --env example 2> errors | od -An -c | tr -d ' \\n'";
  expect(await shell(line)).toEqual({ code: 0, output: `${seed}\\n` });
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  expect(readFileSync(join(folder, "errors"), "utf8")).toBe("User admin at https://argocd.example.com\n");
  expect(files.filter((path) => readFileSync(join(folder, path), "utf8").includes(seed))).toEqual([]);
});

test.skipIf(noJq)(
  "the hand-over goes through jq, with outputs of what is applied, and nothing else in it",
  async () => {
    const values = "[.values.argo.aws.efs.fsid, .values.argo.aws.targetGroup.argocd, (.unknown | length)]";
    const { code, output } = await shell(
      `provision handover --env example --json 2> errors | jq -c '${values}'`,
    );
    expect({ code, output }).toEqual({ code: 0, output: '["fs-0123456789","(known after apply)",3]\n' });
    const said = readFileSync(join(folder, "errors"), "utf8");
    expect(said).toBe("3 values are known only after these layers are applied: lb-waf\n");
  },
);

test.skipIf(noJq || isMissing("shasum"))("the digest is what the guide's line computes", async () => {
  const guide = readFileSync(join(root, "docs/guides/hand-over.md"), "utf8");
  const [, line = ""] = /^(jq .* \| shasum -a 256)$/m.exec(guide) ?? [];
  expect(line).not.toBe("");
  const both = `provision handover --env example --json > handover.json 2> errors; jq -r .digest handover.json; ${line}`;
  const { output } = await shell(both);
  const [digest = "", computed = ""] = output.split("\n");
  expect(digest).toBe(`sha256:${computed.split(" ")[0] ?? ""}`);
});
