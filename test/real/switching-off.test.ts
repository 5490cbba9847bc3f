import { parse, stringify } from "yaml";
import { afterAll, describe, expect, test } from "vitest";
import { loadEnvironment } from "../../lib/environment/environment";
import { exitCodes } from "../../lib/errors";
import { layers } from "../../modules";
import { credentialFiles, everythingOn, switchEverythingOff } from "../everything-on";
import { removeWorlds } from "../provision/real-world";
import { layerTable, run, table } from "../provision/runs";
import { type RawEnvironment, synthAll } from "../synth";
import { type Rehearsed, rehearse } from "./rehearsed";
import { missing } from "./tools";

const because = missing("terraform");
/** Against hanging only. */
const timeout = 900_000;

const on: RawEnvironment = parse(everythingOn("default"));
const off: RawEnvironment = structuredClone(on);
switchEverythingOff(off);

const texts = { on: textsOf(on), off: textsOf(off) };
const changed = layers.map(({ name }) => name).filter((name) => texts.on[name] !== texts.off[name]);
const outcomes = (outcome: string) => Object.fromEntries(changed.map((name) => [name, outcome]));

describe.skipIf(because !== undefined)(`an environment with everything on ${because ?? ""}`, () => {
  let rehearsed: Rehearsed;
  afterAll(async () => {
    await rehearsed.rehearsal.stop();
    removeWorlds();
  });
  const expectUnchanged = async () => {
    const plan = `plan --env example --rehearse --detailed-exitcode --only ${changed.join(",")}`;
    expect(await run(rehearsed.world, plan, layers)).toBe(0);
    expect(table(rehearsed.world)).toEqual(outcomes("unchanged"));
  };

  test(
    "has every optional part switched off by one apply, and nothing is left to do",
    async () => {
      rehearsed = await rehearse(stringify(on), credentialFiles);
      rehearsed = await rehearsed.resize(stringify(off), changed);
      expect(layerTable(rehearsed.world)).toEqual(outcomes("applied"));
      await expectUnchanged();
    },
    timeout,
  );

  test(
    "has every part switched on again by the next apply",
    async () => {
      rehearsed = await rehearsed.resize(stringify(on), changed);
      expect(layerTable(rehearsed.world)).toEqual(outcomes("applied"));
      await expectUnchanged();
    },
    timeout,
  );
  test(
    "has copies of backups in another region only after those in the first region have been switched off",
    async () => {
      const withCopy = (copy: object) => {
        const raw: RawEnvironment = structuredClone(on);
        raw.layers.backup.copy = copy;
        rehearsed.world.files.write("configs/example.yaml", stringify(raw));
        return run(rehearsed.world, "apply --env example --rehearse --only backup", layers);
      };
      const refused = await withCopy({ enabled: true, region: "us-east-1" });
      expect(refused).toMatchObject({
        message: expect.stringContaining(
          'in "us-east-2", a region that its settings no longer name',
        ) as unknown,
        hint: expect.stringContaining('name "us-east-2" again in layers.backup') as unknown,
        exitCode: exitCodes.preflightFailed,
      });
      expect(await withCopy({ enabled: false, region: "us-east-2" })).toBe(0);
      expect(await withCopy({ enabled: true, region: "us-east-1" })).toBe(0);
    },
    timeout,
  );

  test(
    "is destroyed whole when its parts are switched off in the file alone",
    async () => {
      const raw: RawEnvironment = structuredClone(off);
      raw.layers.backup.copy = { enabled: false, region: "us-east-1" };
      // Without its addresses, a load balancer is replaced, which is refused with the command that applies it first.
      raw.layers["lb-waf"] = structuredClone(on.layers["lb-waf"]);
      rehearsed.world.files.write("configs/example.yaml", stringify(raw));
      expect(await run(rehearsed.world, "destroy --env example --rehearse", layers)).toBe(0);
      expect(table(rehearsed.world)).toEqual(
        Object.fromEntries(layers.map(({ name }) => [name, "destroyed"])),
      );
    },
    timeout,
  );
});

/** The synthesised text of each layer. */
function textsOf(raw: RawEnvironment): Readonly<Record<string, string>> {
  const text = stringify(raw);
  const read = (path: string) => credentialFiles[path];
  return synthAll(loadEnvironment(layers, { file: "configs/example.yaml", text, read, now: new Date(0) }));
}
