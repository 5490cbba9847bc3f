import { createHash } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { FakeWorld } from "./fake-world";
import { releaseLayers, withReleaseService } from "./release-layers";
import { run } from "./runs";
import { toyEnvironment } from "./toys";

let world: FakeWorld;
const exported = () => new Map([...world.texts].filter(([file]) => file.startsWith("out/")));

beforeEach(async () => {
  world = new FakeWorld();
  expect(await run(world, "export --env dev --out out")).toBe(0);
});

test("every layer has one file, in a layout that stays", () => {
  expect([...exported().keys()]).toEqual([
    "out/README.md",
    "out/cellar/main.tf.json",
    "out/ground/main.tf.json",
    "out/house/main.tf.json",
    "out/roof/main.tf.json",
    "out/manifest.json",
  ]);
});

test("exporting again writes the same bytes", async () => {
  const before = exported();
  await run(world, "export --env dev --out out");
  expect(exported()).toEqual(before);
});

test("the manifest has the digest of every file", () => {
  const manifest = JSON.parse(world.texts.get("out/manifest.json") ?? "") as {
    files: Record<string, string>;
  };
  expect(Object.keys(manifest.files)).toEqual([
    "README.md",
    "cellar/main.tf.json",
    "ground/main.tf.json",
    "house/main.tf.json",
    "roof/main.tf.json",
  ]);
  expect(manifest.files["roof/main.tf.json"]).toMatch(/^sha256:[0-9a-f]{64}$/);
});

test("a layer that no longer exists is removed, and other files are kept", async () => {
  const roof = world.texts.get("out/roof/main.tf.json") ?? "";
  world.texts.set("out/attic/main.tf.json", roof);
  world.texts.set("out/notes.md", "mine");
  const manifest = world.texts.get("out/manifest.json") ?? "";
  const digest = /"roof\/main.tf.json": "([^"]*)"/.exec(manifest)?.[1] ?? "";
  world.texts.set(
    "out/manifest.json",
    manifest.replace('"README.md"', `"attic/main.tf.json": "${digest}", "README.md"`),
  );
  await run(world, "export --env dev --out out");
  expect(world.texts.has("out/attic/main.tf.json")).toBe(false);
  expect(world.texts.get("out/notes.md")).toBe("mine");
});

test("a file that was edited since is not overwritten", async () => {
  world.texts.set("out/ground/main.tf.json", "{}");
  expect(await run(world, "export --env dev --out out")).toMatchObject({
    message: 'Cannot export to "out": ground/main.tf.json was edited after it was exported',
    hint: "Keep what you need of it, remove it, and export again",
    exitCode: 4,
  });
});

test("a file that no export wrote is not overwritten", async () => {
  world.texts.set("elsewhere/README.md", "mine");
  expect(await run(world, "export --env dev --out elsewhere")).toMatchObject({
    message: 'Cannot export to "elsewhere": README.md was not written by an export',
  });
});

test("a folder with a manifest of another program is not changed", async () => {
  world.texts.set("elsewhere/manifest.json", '{"name":"web app"}');
  expect(await run(world, "export --env dev --out elsewhere")).toMatchObject({
    message: 'Cannot export "dev" to "elsewhere": its manifest.json was not written by an export',
    hint: "Choose another folder with --out",
  });
});

test("a folder with the export of another environment is not changed", async () => {
  world.texts.set("configs/prod.yaml", toyEnvironment.replace("name: dev", "name: prod"));
  const before = exported();
  expect(await run(world, "export --env prod --out out")).toMatchObject({
    message: 'Cannot export "prod" to "out": it has the export of "dev"',
    hint: "Choose another folder with --out",
    exitCode: 4,
  });
  expect(exported()).toEqual(before);
});

test("export without a folder and without a service has nothing to do", async () => {
  expect(await run(world, "export --env dev")).toMatchObject({
    message: "Cannot read the command line: export takes --out <folder>, or --ci <service>",
    exitCode: 64,
  });
});

describe("export --ci", () => {
  const path = ".github/workflows/dev.yml";
  const textOf = (file: string) => world.texts.get(file) ?? "";

  beforeEach(async () => {
    expect(await run(world, "export --env dev --ci github")).toBe(0);
  });

  test("writes one file where the service reads it, and none of the JSON", async () => {
    await run(world, "export --env dev --ci github --out repository");
    await run(world, "export --env dev --ci gitlab --out repository/");
    const written = [...world.texts.keys()].filter((file) => /^(\.git|repository)/.test(file));
    expect(written).toEqual([path, `repository/${path}`, "repository/.gitlab/dev.yml"]);
    expect(textOf(`repository/${path}`)).toBe(textOf(path));
  });

  test("writes the same again, and says so", async () => {
    const before = textOf(path);
    await run(world, "export --env dev --ci github");
    expect(world.printed).toContain(`${path} is up to date`);
    expect(textOf(path)).toBe(before);
  });

  test("replaces what an earlier version wrote, also with the line ends of Windows", async () => {
    const current = textOf(path);
    const earlier = "name: earlier\n";
    const digest = createHash("sha256").update(earlier).digest("hex");
    const [first = "", second = ""] = current.split("\n");
    const head = `${first}\n${second.replace(/[0-9a-f]{64}$/, digest)}\n`;
    world.texts.set(path, `${head}${earlier}`.replaceAll("\n", "\r\n"));
    expect(await run(world, "export --env dev --ci github")).toBe(0);
    expect(textOf(path)).toBe(current);
  });

  test.each([
    ["it was edited after it was exported", (text: string) => text.replace("[main]", "[trunk]")],
    ["it was not written by an export", () => "name: mine\n"],
  ])("overwrites nothing that is not its own: %s", async (truth, edit) => {
    const edited = edit(textOf(path));
    world.texts.set(path, edited);
    expect(await run(world, "export --env dev --ci github")).toMatchObject({
      message: `Cannot write "${path}": ${truth}`,
      hint: "Export to another folder with --out, and take over by hand what is new",
      exitCode: 4,
    });
    expect(textOf(path)).toBe(edited);
  });
});

test("export needs no Terraform", async () => {
  world.version = "";
  expect(await run(world, "export --env dev --out out")).toBe(0);
});

test("nothing is written but what is asked for and what is below .provision", () => {
  const outside = [...world.texts.keys()].filter((file) => !/^(configs|out|\.provision)\//.test(file));
  expect(outside).toEqual([]);
});

describe("export --publisher", () => {
  const settings = {
    enabled: true,
    repositories: ["open/tool"],
    publishers: {
      tool: {
        source: "github",
        organization: "o",
        repository: "tool",
        tagPrefixes: ["v"],
        repositories: ["open/tool"],
      },
      lab: { source: "gitlab", project: "edge/tool", branches: ["main"], pathPrefixes: ["open/"] },
      own: {
        source: "other",
        issuer: "https://ci.example.com",
        audience: "aws",
        subjects: ["tool"],
        pathPrefixes: ["open/"],
      },
    },
  };
  const publisher = (options: string) => run(world, `export --env dev ${options}`, releaseLayers);

  beforeEach(() => {
    withReleaseService(world, settings);
  });

  test("writes one file into the publisher's repository, for the service that it is of", async () => {
    expect(await publisher("--publisher tool --out ../tool")).toBe(0);
    expect(await publisher("--publisher lab --out ../lab")).toBe(0);
    const written = [...world.texts.keys()].filter((file) => file.startsWith("../"));
    expect(written).toEqual([
      "../tool/.github/workflows/publish-dev-tool.yml",
      "../lab/.gitlab/publish-dev-lab.yml",
    ]);
    expect(world.texts.get(written[0] ?? "")).toMatch(
      /role-to-assume: arn:aws:iam::\d{12}:role\/dev-release-publisher-tool\n/,
    );
    expect(world.texts.get(written[0] ?? "")).not.toContain("put-object");
    expect(world.texts.get(written[1] ?? "")).not.toContain("oras push");
  });

  test.each([
    [
      "--publisher tool",
      "Cannot read the command line: export --publisher takes --out <folder of the publisher's repository>",
    ],
    [
      "--publisher tool --ci gitlab --out x",
      'Cannot read the command line: the publisher "tool" is of github, and --ci is gitlab',
    ],
    [
      "--publisher toll --out x",
      'Cannot export the publisher "toll": configs/dev.yaml has the publishers "tool", "lab", "own"',
    ],
    [
      "--publisher own --out x",
      'Cannot export the publisher "own": its source is "other", and files are written for github and gitlab',
    ],
  ])("is refused: %s", async (options, message) => {
    expect(await publisher(options)).toMatchObject({ message });
  });

  test("needs the release service", async () => {
    withReleaseService(world, {});
    expect(await publisher("--publisher tool --out x")).toMatchObject({
      message:
        'Cannot export a publisher of "dev": layers.release-service.enabled is false in configs/dev.yaml',
    });
  });
});
