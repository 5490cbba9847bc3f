import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadConfig } from "../synth";
import { type EmulatedLayer, emulatedEnvironment } from "./emulated-environment";
import { type Life, wholeLife } from "./emulated-life";
import { createHostedZone, type Moto, startMoto } from "./moto";
import * as gaps from "./moto-gaps";
import { isListed } from "./moto-lists";
import { realProviders } from "./terraform";
import { missing } from "./tools";
import { notOurs, workingGroups } from "./working-groups";

const because = missing("terraform", "mirror", "moto");
const timeout = 1_000_000;

let scratch: string;
let moto: Moto;
let layers: readonly EmulatedLayer[];
let life: Life;

describe.skipIf(because !== undefined)(`an environment on an emulated AWS ${because ?? ""}`, () => {
  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), "emulated-"));
    moto = await startMoto();
    const { domain } = loadConfig({ config: "configs/dev.yaml" }).environment;
    if ("parent" in domain) await createHostedZone(moto.url, domain.parent);
    layers = emulatedEnvironment(scratch);
    // S3 Control puts the account into the host name, which no address of this machine could have.
    const proxy = { HTTP_PROXY: moto.url };
    const variables = { ...moto.variables, ...realProviders(scratch), ...proxy, TF_CLI_ARGS: "-no-color" };
    life = await wholeLife(layers, { url: moto.url, variables });
  }, timeout);
  afterAll(() => {
    moto.stop();
    rmSync(scratch, { recursive: true });
  });

  test("is applied, each layer after those that it needs", () => {
    expect(life.failures.apply.join("\n\n")).toBe("");
  });

  test("leaves nothing to a second plan but what the emulator forgets", () => {
    expect(life.failures["second plan"].join("\n\n")).toBe("");
    expect(life.unexplained).toEqual([]);
  });

  test("is destroyed, each layer before those that it needs, and leaves nothing in their states", () => {
    expect([...life.failures.lift, ...life.failures.destroy].join("\n\n")).toBe("");
    expect(life.inStates).toEqual([]);
  });

  test("leaves nothing in the emulator", () => {
    expect(life.lists.after).toEqual(life.lists.before);
  });

  test("is seen in every list of the emulator but those of what nobody makes", () => {
    const { before, between } = life.lists;
    const unchanged = Object.keys(before).filter((list) => between[list] === before[list]);
    expect(unchanged).toEqual([]);
  });

  test("has no resource that could be left without being noticed", () => {
    const types = new Set(layers.flatMap(({ json }) => Object.keys(json.resource)));
    expect([...types].filter((type) => !isListed(type))).toEqual(["terraform_data"]);
  });

  test.each(Object.entries(workingGroups))("has had %s there", (_, members) => {
    expect(members.filter((member) => !life.made.has(member))).toEqual([]);
  });

  test.each(Object.entries(notOurs))("has had no %s, which would work there: %s", (type) => {
    expect(life.made.has(type)).toBe(false);
  });

  test("has met every gap that is listed", () => {
    const listed = Object.values(gaps).flat();
    expect(listed.filter((gap) => !life.met.has(gap))).toEqual([]);
  });
});
