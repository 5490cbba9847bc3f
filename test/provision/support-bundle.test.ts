import { strFromU8, unzipSync } from "fflate";
import { beforeEach, describe, expect, test } from "vitest";
import { maskForms } from "../../lib/environment/mask-forms";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";
import { toyEnvironment } from "./toys";

const out = "support-bundle-dev-20260101T090000Z.zip";
let world: FakeWorld;

beforeEach(() => {
  world = new FakeWorld();
});

/** The texts in a bundle by their names. */
function contentOf(path = out): Readonly<Record<string, string>> {
  const zip = unzipSync(world.binaries.get(path) ?? new Uint8Array());
  return Object.fromEntries(Object.entries(zip).map(([name, bytes]) => [name, strFromU8(bytes)]));
}

/** Secrets by where they are; none of them may be in a bundle. */
const seeds = {
  accessKey: "AKIAIOSFODNN7EXAMPLQ",
  secretKey: "wJalrXUtnFEMIK7MDENGbPxRfiCYzzEXAMPLEKEY",
  sessionToken:
    "IQoJb3JpZ2luX2VjEJr7s8Vn2Qk4Lw9Xy3Tz6Ub1Pc5Rd0Sf8Gh2Jk4Ml7Nn9Bb1Vv3Cc5Xx7Zz9Aa2Ss4Dd6Ff8Gg0Hh",
  variable: "hunter2-of-a-variable",
  tfVariable: "hunter2-of-terraform",
  output: "correct horse battery staple",
  markedOutput: "hunter2-of-an-output",
  escaped: "hunter2-in-a-document",
  urlPassword: "hunter2-of-a-url",
  urlToken: "hunter2inquery",
  signature: "5f3c1de0ab4c0123456789abcdef5f3c1de0ab4c0123456789abcdef01234567",
  bearer: "mF_9.B5f-4.1JqM_mF_9.B5f",
  jwt: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P",
  github: "ghp_0123456789abcdefghijABCDEFGHIJ012345",
  pem: "MIIEpAIBAAKCAQEA7bq1kq9o0V6xkq4mW4q0c3d5Q0lBz4k5v3xkq4mW4q0c3d5",
  environmentFile: "hunter2-of-the-file",
  escapedVariable: 'hunter2 "quoted" & more',
  encryptionKey: "hunter2-of-a-key",
  sentence: "hunter2-in-a-sentence",
};

/** Secrets in other forms than their own. */
const forms = {
  base64: Buffer.from(`${seeds.variable}\n`).toString("base64"),
  basic: Buffer.from(`op:${seeds.tfVariable}`).toString("base64"),
  url: encodeURIComponent(seeds.escapedVariable),
  json: JSON.stringify(seeds.escapedVariable),
};

const log = [
  `password = "${seeds.output}"`,
  `db_password      = "${seeds.output}"`,
  `{"db": {"sensitive": true, "type": "string", "value": "${seeds.markedOutput}"}}`,
  String.raw`body: {\"master_password\": \"${seeds.escaped}\", \"engine\": \"aurora\"}`,
  `AWS_SESSION_TOKEN=${seeds.sessionToken}`,
  `export AWS_SECRET_ACCESS_KEY=${seeds.secretKey} AWS_ACCESS_KEY_ID=${seeds.accessKey}`,
  `credentials ${seeds.accessKey} ${seeds.secretKey} are wrong`,
  `GET https://anna:${seeds.urlPassword}@git.example.com/repo.git?private_token=${seeds.urlToken}`,
  `https://b.s3.amazonaws.com/k?X-Amz-Credential=${seeds.accessKey}%2F2026&X-Amz-Signature=${seeds.signature}&X-Amz-Security-Token=${seeds.sessionToken}`,
  `Authorization: Bearer ${seeds.bearer}`,
  `token ${seeds.jwt} or ${seeds.github}`,
  `-----BEGIN RSA PRIVATE KEY-----\n${seeds.pem}\n-----END RSA PRIVATE KEY-----`,
  `Your new password is ${seeds.sentence}`,
  `the variable is ${seeds.variable}, ${seeds.tfVariable}, ${seeds.encryptionKey}`,
  `data: {value: ${forms.base64}}, sent as ${forms.basic}, ${forms.url}, ${forms.json}`,
  "aws_rds_cluster.database: Creation complete after 4m2s [id=dev-aurora]",
].join("\n");

/** Seeds every secret wherever it can get to. */
function seed(): void {
  world.environment = {
    ...world.environment,
    ...{ AWS_ACCESS_KEY_ID: seeds.accessKey, AWS_SECRET_ACCESS_KEY: seeds.secretKey },
    ...{ AWS_SESSION_TOKEN: seeds.sessionToken, SOME_TOKEN: seeds.variable },
    ...{ DB_PWD: seeds.escapedVariable, ENCRYPTION_KEY: seeds.encryptionKey },
    ...{ TF_VAR_db_password: seeds.tfVariable, HTTPS_PROXY: `http://op:${seeds.urlPassword}@proxy:3128` },
  };
  world.texts.set(
    "configs/dev.yaml",
    `# password: ${seeds.environmentFile}\n# ${seeds.github}\n${toyEnvironment}`,
  );
  world.texts.set(".provision/logs/dev/2026-01-01T08-00-00/house.log", log);
  world.texts.set(".provision/dev/last-run.json", JSON.stringify({ command: `apply ${seeds.github}` }));
  world.texts.set(
    `.provision/dev/journal/20260101T080000Z-01010101.jsonl`,
    `${JSON.stringify({ ...line, command: `apply --env dev ${seeds.variable}` })}\n`,
  );
  // What must not be in it at all.
  world.texts.set("cdktf.out/dev/stacks/house/errored.tfstate", `{"secret_state": "${seeds.output}"}`);
  world.texts.set(".provision/dev/bootstrap/cellar.tfstate", `{"secret_state": 1}`);
  world.texts.set(".provision/dev/plans/house.txt", `secret_plan`);
}

const line = {
  ...{ run: "20260101T080000Z-01010101", user: "anna", host: "workstation", pid: 1 },
  ...{ command: "apply --env dev", time: "2026-01-01T08:00:00Z", phase: "started" },
};

describe("a support bundle", () => {
  test("has no secret of the environment file, of variables, of logs, of outputs or of URLs", async () => {
    seed();
    expect(await run(world, "support-bundle --env dev")).toBe(0);
    const text = Object.entries(contentOf()).flat().join("\n");
    const found = Object.entries(seeds).filter(([, secret]) => text.includes(secret));
    expect(found.map(([where]) => where)).toEqual([]);
    // Parts of one are as bad.
    const encoded = [forms.base64, forms.basic, forms.url].map((form) => form.slice(8, 20));
    for (const part of [...encoded, "hunter2", "battery staple", "MIIEpAIB", "wJalr", "IQoJb3"])
      expect(text).not.toContain(part);
    expect(text).not.toMatch(/secret_state|secret_plan/);
    expect(world.printed.join("\n")).not.toContain("hunter2");
  });

  test("keeps what is of use, each in its own file", async () => {
    seed();
    expect(await run(world, "support-bundle --env dev")).toBe(0);
    const content = contentOf();
    expect(Object.keys(content)).toEqual([
      "README.txt",
      "doctor.json",
      "environment.yaml",
      "journal/20260101T080000Z-01010101.jsonl",
      "logs/dev/2026-01-01T08-00-00/house.log",
      "runs/dev/last-run.json",
      "versions.json",
    ]);
    expect(content["logs/dev/2026-01-01T08-00-00/house.log"]).toContain(
      "aws_rds_cluster.database: Creation complete after 4m2s [id=dev-aurora]",
    );
    expect(content["environment.yaml"]).toContain("name: dev");
    expect(JSON.parse(content["doctor.json"] ?? "")).toMatchObject({
      environment: "dev",
      checks: expect.arrayContaining([expect.objectContaining({ about: "unsaved states", state: "failed" })]),
    });
    expect(JSON.parse(content["versions.json"] ?? "")).toMatchObject({
      ...{ version: "1.2.3", commit: "0123456789abcdef", terraform: { version: "1.11.4" } },
      variables: expect.arrayContaining(["AWS_SESSION_TOKEN", "TF_VAR_db_password"]),
    });
    expect(JSON.parse(content["journal/20260101T080000Z-01010101.jsonl"] ?? "")).toMatchObject({
      user: "anna",
    });
  });

  test("keeps the names of its files, also one that is as long and as mixed as a key", async () => {
    const path = "logs/prod/2026-11-27T13-28-29/s3-backend";
    expect(maskForms(path)).toBe("***");
    world.texts.set(`.provision/${path}.log`, "printed");
    expect(await run(world, "support-bundle")).toBe(0);
    expect(Object.keys(contentOf("support-bundle-20260101T090000Z.zip"))).toContain(`${path}.log`);
  });

  test("is said to be written, how large it is, what is in it, and that nothing was sent", async () => {
    expect(await run(world, "support-bundle --env dev")).toBe(0);
    const text = world.printed.join("\n");
    expect(text).toMatch(
      /Wrote support-bundle-dev-20260101T090000Z\.zip, \d+ (B|KiB); nothing was sent anywhere\. In it:/,
    );
    expect(text).toContain("  doctor.json  ");
  });

  test("is the same twice, and replaces nothing", async () => {
    expect(await run(world, "support-bundle --env dev --out a.zip")).toBe(0);
    expect(await run(world, "support-bundle --env dev --out b.zip")).toBe(0);
    expect(world.binaries.get("b.zip")?.equals(world.binaries.get("a.zip") ?? Buffer.of())).toBe(true);
    expect(await run(world, "support-bundle --env dev --out a.zip")).toMatchObject({
      message: 'Cannot write "a.zip": it exists already',
      hint: "Remove it, or choose another path for --out",
      exitCode: 1,
    });
  });

  test("follows no link, which could lead to any file of the machine, and says so", async () => {
    seed();
    const linked = [
      ".provision/logs/dev/2026-01-01T08-00-00/house.log",
      ".provision/dev/last-run.json",
      ".provision/rehearsal/dev/journal/20260101T070000Z-01010101.jsonl",
    ];
    for (const path of linked) {
      world.texts.set(path, "what is somewhere else");
      world.links.add(path);
    }
    expect(await run(world, "support-bundle --env dev")).toBe(0);
    const content = contentOf();
    const names = [
      "logs/dev/2026-01-01T08-00-00/house.log",
      "runs/dev/last-run.json",
      "journal/20260101T070000Z-01010101.jsonl",
    ];
    const leftOut = "left out: it is a symbolic link, which is not followed\n";
    expect(names.map((name) => content[name])).toEqual([leftOut, leftOut, leftOut]);
  });

  test("has the journals that only the bucket has, and says so when that cannot be read", async () => {
    expect(await run(world, "apply --env dev --yes")).toBe(0);
    for (const path of world.texts.keys()) if (path.includes("/journal/")) world.texts.delete(path);
    expect(await run(world, "support-bundle --env dev --out a.zip")).toBe(0);
    const journals = Object.entries(contentOf("a.zip")).filter(([name]) => name.startsWith("journal/"));
    expect(journals).toHaveLength(1);
    expect(journals[0]?.[1]).toContain('"phase":"applied"');
    Object.assign(world.aws, {
      send: () => Promise.reject(Object.assign(new Error("no route"), { name: "TimeoutError" })),
    });
    expect(await run(world, "support-bundle --env dev --out b.zip")).toBe(0);
    expect(contentOf("b.zip")["journal/missing.txt"]).toContain("AWS did not answer in time");
  });

  test("has the journals of rehearsals of this environment", async () => {
    for (const place of ["rehearsal/dev", "rehearsal/other", "other"])
      world.texts.set(
        `.provision/${place}/journal/${place.replace("/", "-")}.jsonl`,
        `${JSON.stringify(line)}\n`,
      );
    expect(await run(world, "support-bundle --env dev")).toBe(0);
    const journals = Object.keys(contentOf()).filter((name) => name.startsWith("journal/"));
    expect(journals).toEqual(["journal/rehearsal-dev.jsonl"]);
  });

  test("has the logs of the newest runs only", async () => {
    for (let hour = 1; hour <= 7; hour++)
      world.texts.set(`.provision/logs/dev/2026-01-01T0${hour}-00-00/house.log`, "printed");
    world.texts.set(".provision/logs/other/2026-01-01T08-00-00/house.log", "printed");
    expect(await run(world, "support-bundle --env dev")).toBe(0);
    const logs = Object.keys(contentOf()).filter((name) => name.startsWith("logs/"));
    expect(logs).toEqual([3, 4, 5, 6, 7].map((hour) => `logs/dev/2026-01-01T0${hour}-00-00/house.log`));
  });
});

describe("without an environment", () => {
  const bundle = "support-bundle-20260101T090000Z.zip";

  test("the bundle has what there is of all, masked", async () => {
    seed();
    expect(await run(world, "support-bundle")).toBe(0);
    const content = contentOf(bundle);
    expect(Object.keys(content)).toEqual([
      "README.txt",
      "journal/20260101T080000Z-01010101.jsonl",
      "logs/dev/2026-01-01T08-00-00/house.log",
      "runs/dev/last-run.json",
      "versions.json",
    ]);
    const text = Object.values(content).join("\n");
    expect(Object.entries(seeds).filter(([, secret]) => text.includes(secret))).toEqual([]);
  });

  test("that is valid, the bundle says why, and has the rest", async () => {
    world.texts.set("configs/dev.yaml", "version: 3\nname: dev\n");
    expect(await run(world, "support-bundle --env dev")).toBe(0);
    expect(contentOf(bundle)["environment.txt"]).toMatch(/^Cannot .*configs\/dev\.yaml/);
    expect(contentOf(bundle)["versions.json"]).toContain("1.2.3");
  });
});
