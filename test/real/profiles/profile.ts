import { parse, stringify } from "yaml";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { capacityReport } from "../../../capacity/report";
import { loadEnvironment } from "../../../lib/environment/environment";
import { type ScaleProfile, scaleProfiles } from "../../../lib/layer/environment-schema";
import { layers } from "../../../modules";
import { readText } from "../../../synthesis/read";
import { credentialFiles, everythingOn } from "../../everything-on";
import { removeWorlds } from "../../provision/real-world";
import { run, table } from "../../provision/runs";
import { type RawEnvironment, synthAll, synthEnvironment } from "../../synth";
import { createHostedZone, type Moto, startMoto } from "../moto";
import { expectSamePlan } from "../real-plan";
import { type Rehearsed, rehearse } from "../rehearsed";
import { missing } from "../tools";

/** argocd is kubernetes and helm, whose real providers are not in the mirror. */
const awsLayers = layers.map(({ name }) => name).filter((name) => name !== "argocd");
const all = (outcome: string) => Object.fromEntries(layers.map(({ name }) => [name, outcome]));
/** Against hanging only. */
const patience = 900_000;

/**
 * Declares what holds for a scale profile with everything on: it fits its network; it is applied, planned without changes
 * and destroyed without a trace; the real AWS provider accepts each layer and plans it as the rehearsal does.
 */
export function proveProfile(profile: ScaleProfile): void {
  const { here, elsewhere } = sharedOut(profile);
  const because = missing("terraform");
  const becauseReal = missing("terraform", "mirror", "moto");

  describe.skipIf(because !== undefined)(`scale profile ${profile}, everything on ${because ?? ""}`, () => {
    let rehearsed: Rehearsed;
    beforeAll(async () => {
      rehearsed = await rehearse(environmentOf(profile), credentialFiles);
    }, patience);
    afterAll(removeWorlds);
    afterAll(() => rehearsed.rehearsal.stop());

    test("applies every layer, and fits its network", () => {
      expect(table(rehearsed.world)).toEqual(all("applied"));
      expect(misfits(profile)).toEqual([]);
    });

    test(`has layers that are shown to the real provider in a smaller profile: ${elsewhere.length}`, () => {
      console.log(elsewhere.map(({ layer, shown }) => `${layer}: as in ${shown}`).join("\n"));
      const { world, layerFolder } = rehearsed;
      for (const { layer, text } of elsewhere)
        expect(readText(world.files, layerFolder(layer)), layer).toBe(text);
    });

    describe.skipIf(becauseReal !== undefined)(`the real AWS provider ${becauseReal ?? ""}`, () => {
      let moto: Moto;
      beforeAll(async () => {
        moto = await startMoto();
        await createHostedZone(moto.url, "edge.example.com");
      });
      afterAll(() => {
        moto.stop();
      });

      test.each(here)("accepts %s without error or warning, and plans it as the rehearsal does", (layer) =>
        expectSamePlan(rehearsed, moto, layer),
      );
    });

    // The last one, because it destroys what the others look at.
    test(
      "changes nothing when it is planned again, and leaves nothing when it is destroyed",
      async () => {
        const { world } = rehearsed;
        expect(await run(world, "plan --env dev --rehearse --detailed-exitcode", layers)).toBe(0);
        expect(table(world)).toEqual(all("unchanged"));
        expect(await run(world, "destroy --env dev --rehearse", layers)).toBe(0);
        expect(table(world)).toEqual(all("destroyed"));
        expect(world.rehearsed().objects()).toEqual([]);
        expect(world.rehearsed().lockFiles()).toEqual([]);
      },
      patience,
    );
  });
}

/** Which layers the real provider sees in this profile, and which are the same to the byte in a smaller one. */
function sharedOut(profile: ScaleProfile) {
  const own = synthesised(profile);
  const smaller = scaleProfiles.slice(0, scaleProfiles.indexOf(profile));
  const known = smaller.map((shown) => ({ shown, texts: synthesised(shown) }));
  const elsewhere = awsLayers.flatMap((layer) => {
    const first = known.find(({ texts }) => texts[layer] === own[layer]);
    return first === undefined ? [] : [{ layer, shown: first.shown, text: first.texts[layer] }];
  });
  const here = awsLayers.filter((name) => elsewhere.every(({ layer }) => layer !== name));
  return { here, elsewhere };
}

function synthesised(profile: ScaleProfile) {
  return synthAll(loaded(profile));
}

function loaded(profile: ScaleProfile) {
  const read = (path: string) => credentialFiles[path];
  const now = new Date("2026-01-01T00:00:00Z");
  return loadEnvironment(layers, { file: "everything-on.yaml", text: environmentOf(profile), read, now });
}

/** Everything, and what the policy pack forbids but AWS does not: a Kubernetes API that the internet reaches. */
function environmentOf(profile: ScaleProfile): string {
  const raw: RawEnvironment = parse(everythingOn(profile));
  raw.layers.eks.publicAccessCidrs = ["198.51.100.0/24"];
  return stringify(raw);
}

function misfits(profile: ScaleProfile): readonly string[] {
  const known = loaded(profile);
  return capacityReport(synthEnvironment(known), known.environment, layers).misfits;
}
