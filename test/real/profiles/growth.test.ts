import { parse, stringify } from "yaml";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { capacityReport } from "../../../capacity/report";
import { loadEnvironment } from "../../../lib/environment/environment";
import { type ScaleProfile, scaleProfiles } from "../../../lib/layer/environment-schema";
import { layers } from "../../../modules";
import { isStateful } from "../../../scripts/provision/terraform/stateful";
import { type LayerJson, SynthesisedJson } from "../../../synthesis/environment";
import { credentialFiles, everythingOn } from "../../everything-on";
import { removeWorlds } from "../../provision/real-world";
import { layerTable, run, table } from "../../provision/runs";
import { type RawEnvironment, synthAll } from "../../synth";
import { createHostedZone, type Moto, startMoto } from "../moto";
import { RealInit } from "../real-init";
import { expectSamePlan, realChanges } from "../real-plan";
import { type Rehearsed, rehearse } from "../rehearsed";
import { succeed } from "../terraform";
import { missing } from "../tools";
import { growth } from "./growth";

const names = layers.map(({ name }) => name);
const each = (some: readonly string[], outcome: string) =>
  Object.fromEntries(some.map((name) => [name, outcome]));
/** Against hanging only. */
const timeout = 900_000;
const because = missing("terraform");
const becauseReal = missing("terraform", "mirror", "moto");

/** One size of the environment, and what it changes of the one before. */
interface Size {
  readonly profile: ScaleProfile;
  /** Layers that differ from the profile before; all of the first. */
  readonly changed: readonly string[];
  /** Those of them that the real AWS provider can plan. */
  readonly aws: readonly string[];
  /** Layers that no later plan sees as they are here; a plan of the largest size sees the others. */
  readonly lastSeen: readonly string[];
}

/** Each profile, loaded and synthesised once. */
const known = Object.fromEntries(scaleProfiles.map((profile) => [profile, synthesised(profile)]));

const sizes = scaleProfiles.map((profile, index): Size => {
  const changed = differing(scaleProfiles[index - 1], profile);
  const next = scaleProfiles[index + 1];
  return {
    profile,
    changed,
    // argocd is kubernetes and helm, whose real providers are not in the mirror.
    aws: changed.filter((name) => name !== "argocd"),
    lastSeen: next === undefined ? names : differing(profile, next),
  };
});

let rehearsed: Rehearsed;
let moto: Moto | undefined;
const real = { init: new RealInit(), schemaVersions: new Map<string, number>() };

describe.skipIf(because !== undefined)(
  `an environment with everything on, that grows ${because ?? ""}`,
  () => {
    beforeAll(async () => {
      if (becauseReal !== undefined) return;
      moto = await startMoto();
      await createHostedZone(moto.url, "edge.example.com");
    });
    afterAll(async () => {
      moto?.stop();
      await rehearsed.rehearsal.stop();
      removeWorlds();
    });

    describe.each(sizes)("to scale profile $profile", ({ profile, changed, aws, lastSeen }) => {
      const isFirst = profile === scaleProfiles[0];
      /** The states of the layers before they change. */
      const before = new Map<string, string>();
      let raised: readonly string[] = [];

      beforeAll(async () => {
        if (isFirst) {
          rehearsed = await rehearse(environmentOf(profile), credentialFiles);
          return;
        }
        for (const layer of changed) before.set(layer, await stateOf(layer));
        const { printed } = rehearsed.world;
        const earlier = printed.length;
        rehearsed = await rehearsed.resize(environmentOf(profile), changed);
        raised = raisedIn(printed.slice(earlier));
      }, timeout);

      test("applies the layers that differ, and fits its network", () => {
        expect(layerTable(rehearsed.world)).toEqual(each(changed, "applied"));
        expect(misfits(profile)).toEqual([]);
      });

      test("raises the number of nodes where the minimum is above what the cluster autoscaler keeps", () => {
        expect(raised).toEqual(growth[profile].raised);
      });

      // The first size has none before it.
      if (!isFirst)
        test("publishes what it did before, so that the other layers stay as they are", async () => {
          for (const layer of changed) {
            const outputs = outputsIn(await stateOf(layer));
            expect(outputs, layer).toEqual(outputsIn(before.get(layer) ?? ""));
          }
        });

      test(
        "changes nothing in a second plan of the layers that the next size changes, or of all at the end",
        async () => {
          const plan = `plan --env example --rehearse --detailed-exitcode --only ${lastSeen.join(",")}`;
          expect(await run(rehearsed.world, plan, layers)).toBe(0);
          expect(table(rehearsed.world)).toEqual(each(lastSeen, "unchanged"));
        },
        timeout,
      );

      describe.skipIf(becauseReal !== undefined)(`with the real AWS provider ${becauseReal ?? ""}`, () => {
        const planning = () => ({ ...real, rehearsed, moto: moto! });

        // Every layer that differs from the profile before: what is the same to the byte has been shown there.
        test.each(aws)(
          "has a layer %s that it accepts without warning, and plans as the rehearsal does",
          (layer) => expectSamePlan(planning(), layer),
        );

        if (!isFirst)
          test("changes in place what must change, and replaces nothing", async () => {
            const changes = [];
            for (const layer of aws) {
              const found = await realChanges(planning(), { layer, state: before.get(layer) ?? "" });
              changes.push(...found.map((change) => `${layer}: ${change}`));
            }
            expect(changes.sort()).toEqual([...growth[profile].changes].sort());
            expect(changes.filter(endsSomethingStateful)).toEqual([]);
          });
      });
    });

    test("has everything that a smaller profile has, so that its end is also theirs", () => {
      const largest = new Set(addressesOf("10ken"));
      const smaller = scaleProfiles.flatMap(addressesOf);
      expect(smaller.filter((address) => !largest.has(address))).toEqual([]);
    });

    test(
      "leaves nothing when it is destroyed",
      async () => {
        const { world } = rehearsed;
        expect(await run(world, "destroy --env example --rehearse", layers)).toBe(0);
        expect(table(world)).toEqual(each(names, "destroyed"));
        expect(world.rehearsed().objects()).toEqual([]);
        expect(world.rehearsed().lockFiles()).toEqual([]);
      },
      timeout,
    );
  },
);

/** The layers of a profile that differ from another by a byte; all, if there is none. */
function differing(other: ScaleProfile | undefined, profile: ScaleProfile): readonly string[] {
  if (other === undefined) return names;
  return names.filter((name) => known[other]?.texts[name] !== known[profile]?.texts[name]);
}

function synthesised(profile: ScaleProfile) {
  const read = (path: string) => credentialFiles[path];
  const now = new Date("2026-01-01T00:00:00Z");
  const source = { file: "everything-on.yaml", text: environmentOf(profile), read, now };
  const loaded = loadEnvironment(layers, source);
  const texts = synthAll(loaded);
  // Terraform JSON as cdktf writes it.
  const json = names.map((name) => [name, JSON.parse(texts[name] ?? "") as LayerJson] as const);
  return { texts, json: new SynthesisedJson(Object.fromEntries(json)), environment: loaded.environment };
}

/** Everything, and what the policy pack forbids but AWS does not: a Kubernetes API that the internet reaches. */
function environmentOf(profile: ScaleProfile): string {
  const raw: RawEnvironment = parse(everythingOn(profile));
  raw.layers.eks.publicAccessCidrs = ["18.0.0.0/24"];
  return stringify(raw);
}

function stateOf(layer: string): Promise<string> {
  const variables = { ...rehearsed.rehearsal.environment, ...rehearsed.runVariables(layer) };
  return succeed(rehearsed.layerFolder(layer), variables, "state", "pull");
}

/** The node groups whose desired size a run changed. */
function raisedIn(printed: readonly string[]): readonly string[] {
  const note = "Changes the desired size of node groups, which their new limits exclude: ";
  return printed
    .filter((line) => line.includes(note))
    .flatMap((line) => line.replace(/^.*exclude: /, "").split(", "));
}

function outputsIn(state: string): unknown {
  // Terraform's own format, of which we read a part.
  return (JSON.parse(state) as { readonly outputs: unknown }).outputs;
}

function misfits(profile: ScaleProfile): readonly string[] {
  const { json, environment } = known[profile]!;
  return capacityReport(json, environment, layers).misfits;
}

function addressesOf(profile: ScaleProfile): readonly string[] {
  return known[profile]!.json.resources.map(({ layer, type, name }) => `${layer}: ${type}.${name}`);
}

/** Whether a change destroys or replaces what cannot be created again. */
function endsSomethingStateful(change: string): boolean {
  const [, symbol = "", address = ""] = /: (\S+) (\S+)$/.exec(change) ?? [];
  return symbol.startsWith("-") && isStateful(address.split(".")[0] ?? "");
}
