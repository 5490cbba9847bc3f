import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { layers } from "../modules";
import { NamesInUse } from "../rehearsal/schema/names-in-use";
import type { World } from "../scripts/provision/world/index";
import { comparable } from "../scripts/pictures/comparison";
import { changedSettings, scenes } from "../scripts/pictures/scenes";
import { textRows } from "../scripts/pictures/svg";
import { removeWorlds, terraformMissing, type WatchedWorld, worldIn } from "./provision/real-world";
import { run, table } from "./provision/runs";
import { credentialFiles, switchEverythingOn } from "./everything-on";
import { loadConfig, synthAll, synthLayer } from "./synth";

const environment = readFileSync(join(__dirname, "..", "configs", "dev.yaml"), "utf8");
const names = layers.map(({ name }) => name);
const each = (outcome: string) => Object.fromEntries(names.map((name) => [name, outcome]));
/** Optional layers that configs/dev.yaml leaves switched off. */
const empty = layers.filter((layer) => synthLayer(layer, { config: "dev" }).json.resource === undefined);
const withoutEmpty = (outcomes: Readonly<Record<string, string>>, otherwise: string) => ({
  ...outcomes,
  ...Object.fromEntries(empty.map(({ name }) => [name, otherwise])),
});

afterEach(removeWorlds);

test("the types of every built-in layer are read from its configuration, so that no rehearsal needs all", () => {
  const folder = mkdtempSync(join(tmpdir(), "types-"));
  try {
    for (const [name, text] of Object.entries(
      synthAll(loadConfig({ edit: switchEverythingOn, files: credentialFiles })),
    ))
      writeFileSync(join(folder, `${name}.tf.json`), text);
    const { resource, unbounded } = new NamesInUse([folder], join(folder, "names.json")).read();
    expect(resource).toContain("aws_eks_cluster");
    expect(unbounded).toBe(false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** A manual change in the console of the simulated account. */
function editFileSystem({ files }: World): void {
  const folder = ".provision/rehearsal/dev/account/cloud";
  const file = files.list(folder).find((name) => name.startsWith("aws_efs_file_system/")) ?? "";
  const object = files.read(`${folder}/${file}`) ?? "";
  files.write(
    `${folder}/${file}`,
    object.replace(/"throughput_mode": "[a-z]+"/, '"throughput_mode": "provisioned"'),
  );
}

/** The pictures of the README show what is printed today; `npm run pictures -- --check` compares colours, too. */
async function assertPicturesCurrent(world: WatchedWorld): Promise<void> {
  const [rehearsal, plan] = scenes.map(({ file }) => shownBy(file));
  const applied = rehearsal?.slice(rehearsal.findIndex((line) => line.endsWith("1 of 3: apply")) + 1) ?? [];
  const layersOf = applied.slice(
    0,
    applied.findIndex((line) => line.startsWith("Total")),
  );
  // With the row of the databases.
  expect(layersOf, "stale? Run: npm run pictures").toHaveLength(layers.length + 1);
  expect(world.printed.map(comparable)).toEqual(expect.arrayContaining(layersOf));

  const printed = world.printed.length;
  const narrow = { ...world, terminal: { ...world.terminal, columns: 80 } };
  world.files.write("configs/dev.yaml", environment.replace(...changedSettings));
  expect(await run(narrow, "plan --env dev --rehearse --only aurora", layers)).toBe(0);
  world.files.write("configs/dev.yaml", environment);
  // As `npm run pictures` does, wherever a line is broken.
  expect(plan?.slice(1).join(" "), "stale? Run: npm run pictures -- plan").toBe(
    world.printed.slice(printed).map(comparable).join(" "),
  );
}

function shownBy(file: string): readonly string[] {
  return textRows(readFileSync(join(__dirname, "..", file), "utf8")).map(comparable);
}

// One test, because every step needs the one before it, and all layers take a minute.
test.skipIf(terraformMissing)(
  "every layer is applied, planned without changes, seen to drift, and destroyed without a trace",
  async () => {
    const world = worldIn(environment);
    expect(await run(world, "apply --env dev --rehearse", layers)).toBe(0);
    expect(table(world)).toEqual({ ...each("applied"), databases: "unchanged" });

    expect(await run(world, "plan --env dev --rehearse --detailed-exitcode", layers)).toBe(0);
    expect(table(world)).toEqual(each("unchanged"));

    await assertPicturesCurrent(world);

    editFileSystem(world);
    expect(await run(world, "plan --env dev --rehearse --only efs --detailed-exitcode", layers)).toBe(2);
    expect(world.printed.filter((line) => line.trimStart().startsWith("!"))).toEqual([
      expect.stringMatching(/^ {6}! changed outside Terraform: \S+ = .+ -> .+$/),
    ]);

    expect(await run(world, "destroy --env dev --rehearse", layers)).toBe(0);
    expect(table(world)).toEqual(withoutEmpty(each("destroyed"), "nothing to destroy"));
    expect(world.rehearsed().objects()).toEqual([]);
    expect(world.rehearsed().lockFiles()).toEqual([]);
    expect(world.files.list("cdktf.out")).toEqual([]);
  },
  // Against hanging only: how long it may take is measured by the benchmark.
  600_000,
);
