import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import util from "node:util";
import { afterAll, describe, expect, test, vi } from "vitest";
import { synthesise } from "../main";
import { layers } from "../modules";
import { layerContract } from "./layer-contract";
import { credentialFiles, switchEverythingOff, switchEverythingOn } from "./everything-on";
import { loadConfig, type RawEnvironment, synthesisedText, synthLayer, synthLayers } from "./synth";
import { toy } from "./toy-layer";

const scratch = mkdtempSync(join(tmpdir(), "layers-"));
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

describe.each(layers.map((layer) => [layer.name, layer] as const))("layer %s", (name, layer) => {
  layerContract(layer, join(__dirname, "../modules"));

  test("has the golden JSON for configs/example.yaml", async () => {
    await expect(`${JSON.stringify(synthLayer(layer).json, null, 2)}\n`).toMatchFileSnapshot(
      `golden/${name}.tf.json`,
    );
  });
});

describe("the whole synthesis", () => {
  const read = (outdir: string) => layers.map(({ name }) => synthesisedText(outdir, name));
  const run = (outdir: string) => {
    synthesise(layers, loadConfig(), { outdir, deletionProtection: true });
    return read(outdir);
  };

  test("calls no deprecated function of Node's util, of which later releases warn at every command", () => {
    const names = ["isArray", "isBoolean", "isObject", "isString", "isFunction"] as const;
    // Node 23 has removed them: there, a call would throw.
    const deprecated = names.filter((name) => name in util).map((name) => vi.spyOn(util, name));
    run(join(scratch, "deprecated"));
    expect(deprecated.filter((spy) => spy.mock.calls.length > 0)).toEqual([]);
    vi.restoreAllMocks();
  });

  test("is byte-identical twice and from another directory", () => {
    const first = run(join(scratch, "first"));
    const home = process.cwd();
    process.chdir(scratch);
    try {
      expect(run("elsewhere")).toEqual(first);
    } finally {
      process.chdir(home);
    }
    expect(run(join(scratch, "first"))).toEqual(first);
  });

  test("names no path of this machine", () => {
    expect(
      run(join(scratch, "paths")).filter((json) => json.includes(scratch) || json.includes(process.cwd())),
    ).toEqual([]);
  });

  test("differs without deletion protection only where something is protected", () => {
    const lifted = synthLayer(layers[0], { deletionProtection: false });
    expect(JSON.stringify(lifted.json)).not.toBe(JSON.stringify(synthLayer(layers[0]).json));
  });

  test("keeps every provider when all optional parts are switched off, so that Terraform can delete them", () => {
    const aliases = (edit: (raw: RawEnvironment) => void) =>
      Object.entries(synthLayers(loadConfig({ edit, files: credentialFiles }))).map(
        ([name, { provider }]) => [name, provider?.["aws"]?.map(({ alias }) => alias)],
      );
    const off = aliases((raw) => {
      switchEverythingOn(raw);
      switchEverythingOff(raw);
    });
    expect(off).toEqual(aliases(switchEverythingOn));
    expect(JSON.stringify(off)).toContain("us-east-2");
  });

  test("destroys the cluster before what its pods use, and load balancers before the cluster", () => {
    const names: readonly string[] = layers.map(({ name }) => name);
    const position = (name: string) => names.indexOf(name);
    for (const used of ["vpc", "object-store", "efs", "aurora"])
      expect(position("eks")).toBeGreaterThan(position(used));
    expect(position("lb-waf")).toBeGreaterThan(position("eks"));
  });

  test("includes a new layer from one folder and one list entry", () => {
    const loaded = loadConfig({}, [...layers, toy]);
    const outdir = join(scratch, "toy");
    synthesise([...layers, toy], loaded, { outdir, deletionProtection: true });
    expect(loaded.settings["toy-cache"]).toEqual({ nodes: 2 });
    expect(synthesisedText(outdir, "toy-cache")).toContain("terraform_remote_state.vpc.outputs.vpcId");
  });
});
