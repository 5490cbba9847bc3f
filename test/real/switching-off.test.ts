import { parse, stringify } from "yaml";
import { afterAll, describe, expect, test } from "vitest";
import { loadEnvironment } from "../../lib/environment/environment";
import { layers } from "../../modules";
import { credentialFiles, everythingOn, switchEverythingOff } from "../everything-on";
import { removeWorlds } from "../provision/real-world";
import { run, table } from "../provision/runs";
import { type RawEnvironment, synthAll } from "../synth";
import { type Rehearsed, rehearse } from "./rehearsed";
import { missing } from "./tools";

const because = missing("terraform");
/** Against hanging only. */
const timeout = 900_000;

const on: RawEnvironment = parse(everythingOn("default"));
const off: RawEnvironment = structuredClone(on);
switchEverythingOff(off);

const changed = layers.map(({ name }) => name).filter((name) => textsOf(on)[name] !== textsOf(off)[name]);
const outcomes = (outcome: string) => Object.fromEntries(changed.map((name) => [name, outcome]));

describe.skipIf(because !== undefined)(`an environment with everything on ${because ?? ""}`, () => {
  let rehearsed: Rehearsed;
  afterAll(async () => {
    await rehearsed.rehearsal.stop();
    removeWorlds();
  });
  const expectUnchanged = async () => {
    const plan = `plan --env dev --rehearse --detailed-exitcode --only ${changed.join(",")}`;
    expect(await run(rehearsed.world, plan, layers)).toBe(0);
    expect(table(rehearsed.world)).toEqual(outcomes("unchanged"));
  };

  test(
    "has every optional part switched off by one apply, and nothing is left to do",
    async () => {
      rehearsed = await rehearse(stringify(on), credentialFiles);
      rehearsed = await rehearsed.resize(stringify(off), changed);
      expect(table(rehearsed.world)).toEqual(outcomes("applied"));
      await expectUnchanged();
    },
    timeout,
  );

  test(
    "has every part switched on again by the next apply",
    async () => {
      rehearsed = await rehearsed.resize(stringify(on), changed);
      expect(table(rehearsed.world)).toEqual(outcomes("applied"));
      await expectUnchanged();
    },
    timeout,
  );
});

/** The synthesised text of each layer. */
function textsOf(raw: RawEnvironment): Readonly<Record<string, string>> {
  const text = stringify(raw);
  const read = (path: string) => credentialFiles[path];
  return synthAll(loadEnvironment(layers, { file: "configs/dev.yaml", text, read, now: new Date(0) }));
}
