import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { programLineOf } from "../../scripts/provision/world/program-line";
import { rehearsing } from "./rehearsing";
import { run } from "./runs";

describe("in a folder without configs/dev.yaml", () => {
  const moved = () => {
    const world = rehearsing();
    world.texts.set(world.product.devEnvironment, world.texts.get("configs/dev.yaml") ?? "");
    world.texts.delete("configs/dev.yaml");
    return world;
  };

  test("a rehearsal takes the product's, and says so", async () => {
    const world = moved();
    expect(await run(world, "apply --env dev --rehearse --until ground")).toBe(0);
    const line = "There is no configs/dev.yaml in the current folder: rehearsing /product/configs/dev.yaml";
    expect(world.printed).toContainEqual(expect.stringContaining(line));
  });

  test("a run in an account is refused with the command that creates the file", async () => {
    expect(await run(moved(), "plan --env dev")).toMatchObject({
      message: 'Cannot read environment "dev": the current folder has no configs/',
      hint: expect.stringContaining("init --env dev") as string,
      exitCode: 3,
    });
  });

  test("no other environment is replaced", async () => {
    expect(await run(moved(), "apply --env prod --rehearse")).toMatchObject({ exitCode: 3 });
  });
});

describe("hints name the product as it was started", () => {
  let scratch: string;
  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), "installed-"));
  });
  afterAll(() => {
    rmSync(scratch, { recursive: true });
  });

  test.each([
    ["/work/repository/scripts/provision.ts", undefined],
    ["/usr/local/bin/provision", "provision"],
    ["/work/project/node_modules/.bin/provision", "npx provision"],
  ])("%s", (script, line) => {
    expect(programLineOf(script, "/work")).toBe(line);
  });

  test.each([
    [
      "a file below the current folder",
      "file:../../here/below/edge.tgz",
      "npx --package=./below/edge.tgz provision",
    ],
    ["a file elsewhere", "file:../../edge.tgz", "npx --package=../edge.tgz provision"],
    ["the project itself", "file:../../here", "npx provision"],
    ["an address", "https://example.com/edge.tgz", "npx --package=https://example.com/edge.tgz provision"],
    ["a registry", "0.2.0", "npx --package=edge-orchestrator-aws@0.2.0 provision"],
  ])("npx with %s", (_, source, line) => {
    const project = join(scratch, "_npx/5fed63c3d861c4db");
    mkdirSync(project, { recursive: true });
    const dependencies = { "edge-orchestrator-aws": source };
    writeFileSync(join(project, "package.json"), JSON.stringify({ dependencies }));
    const script = join(project, "node_modules/.bin/provision");
    expect(programLineOf(script, join(scratch, "here"))).toBe(line);
  });
});
