import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { layers as every } from "../../modules/index";
import { type Undisturbed, undisturbed } from "./undisturbed";
import { caseOf } from "./case";
import type { ChaosOptions } from "./options";
import { devEnvironment } from "./environment";
import { layOutMirror } from "./provider/mirror";
import { resultLine, sumLine, table } from "./report";
import { type Result, runCase } from "./run";

/** Four layers of different shapes: keys without names, secrets, and a network whose objects hang on each other. */
const four = ["s3-backend", "kms", "platform", "vpc"];

/** Runs every case, and prints how each came out; gives whether all have healed. */
export async function chaos({
  seeds,
  only,
  jobs,
  folder,
  keep,
  reuse,
  layers = four,
}: ChaosOptions): Promise<boolean> {
  const at = resolve(folder);
  const count = Math.max(0, seeds.to - seeds.from);
  const cases = Array.from({ length: count }, (_, index) => caseOf(seeds.from + index, only));
  const mirror = layOutMirror(join(at, "providers"));
  const bases = new Map<boolean, Promise<Undisturbed>>();
  const baseOf = (all: boolean): Promise<Undisturbed> => {
    const base =
      bases.get(all) ??
      prepare(join(at, all ? "base-all" : "base"), { mirror, layers: all ? reachable() : layers, reuse });
    bases.set(all, base);
    return base;
  };
  const results: Result[] = [];
  const left = [...cases];
  const work = async () => {
    for (let given = left.shift(); given !== undefined; given = left.shift()) {
      const result = await runCase(given, await baseOf(given.all), join(at, `seed-${given.seed}`));
      results.push(result);
      console.log(`[${results.length}/${cases.length}] ${resultLine(result)}`);
      if (result.healed && !keep) rmSync(result.folder, { recursive: true, force: true });
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  console.log(`\n${table(results)}\n\n${sumLine(results)}`);
  return results.every(({ healed }) => healed);
}

/** No cluster is simulated that a layer could reach. */
function reachable(): readonly string[] {
  return every.filter(({ reaches }) => reaches === undefined).map(({ name }) => name);
}

async function prepare(
  folder: string,
  {
    mirror,
    layers,
    reuse,
  }: { readonly mirror: string; readonly layers: readonly string[]; readonly reuse: boolean },
): Promise<Undisturbed> {
  const record = join(folder, "base.json");
  // Written below.
  if (reuse && existsSync(record)) return JSON.parse(readFileSync(record, "utf8")) as Undisturbed;
  console.log(`Preparing ${layers.join(", ")}: an undisturbed apply and destroy`);
  const { owner, seeds, text } = devEnvironment(every);
  rmSync(folder, { recursive: true, force: true });
  const base = await undisturbed({ folder, mirror, layers, seeds, owner, environment: text });
  writeFileSync(record, JSON.stringify(base));
  return base;
}
