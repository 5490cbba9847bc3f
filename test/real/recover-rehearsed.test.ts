import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { layers } from "../../modules";
import { removeWorlds, terraformMissing, worldIn, type WatchedWorld } from "../provision/real-world";
import { run } from "../provision/runs";

const text = readFileSync(join(__dirname, "../../configs/dev.yaml"), "utf8");
const folder = ".provision/rehearsal/dev/synthesised/stacks/vpc";
const apply = "apply --env dev --rehearse --until vpc";

describe.skipIf(terraformMissing)("a rehearsal", () => {
  afterAll(removeWorlds);

  test("of which Terraform is killed is completed by what the messages say, with every object in a state", async () => {
    const { world, account } = await killed();
    const refused = await run(world, apply, layers);
    expect(refused).toMatchObject({ exitCode: 8 });
    const { hint = "" } = refused as { hint?: string };
    const [, recover = ""] = /provision\.ts (recover .*)$/.exec(hint) ?? [];
    expect(recover).toContain("--only vpc");
    expect(await run(world, recover, layers), world.printed.join("\n")).toBe(0);
    expect(await run(world, apply, layers), world.printed.join("\n")).toBe(0);
    expect(await run(world, "plan --env dev --rehearse --until vpc --detailed-exitcode", layers)).toBe(0);
    expect(unknown(world, account)).toEqual([]);
    expect(world.printed.filter((line) => line.includes("that was killed is released"))).toHaveLength(1);
  });

  test("of which Terraform is killed is ended by a destroy alone, with nothing left of the layer", async () => {
    const { world, account } = await killed();
    const types = () =>
      world
        .rehearsed()
        .objects()
        .map(({ type }) => type);
    expect(types()).toContain("aws_vpc");
    const destroy = "destroy --env dev --rehearse --only vpc --remove-leftovers";
    expect(await run(world, destroy, layers), world.printed.join("\n")).toBe(0);
    expect(types()).not.toContain("aws_vpc");
    expect(unknown(world, account)).toEqual([]);
    expect(world.printed.join("\n")).toMatch(/vpc: imported \d+ objects/);
  });
});

/** A world whose Terraform was killed in the middle of "vpc", and the folder of its account. */
async function killed(): Promise<{ readonly world: WatchedWorld; readonly account: string }> {
  const world = worldIn(text, { faults: { readyMs: 300 } });
  const base = world.files.absolute(".");
  const account = join(base, ".provision/rehearsal/dev/account");
  const began = run(world, apply, layers);
  await killTerraform(join(base, folder));
  expect(await began).not.toBe(0);
  expect(world.rehearsed().lockFiles()).toEqual([expect.stringMatching(/\/vpc\/dev\.tflock$/)]);
  return { world, account };
}

/** Kills the Terraform that applies a layer, once some objects exist. */
async function killTerraform(at: string): Promise<void> {
  const record = join(at, "running.json");
  const stdout = join(at, "running.stdout");
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const said = existsSync(stdout) ? readFileSync(stdout, "utf8") : "";
    const done = said.split("\n").filter((line) => line.includes('"apply_complete"')).length;
    if (done < 8 || !existsSync(record)) continue;
    const { pid } = JSON.parse(readFileSync(record, "utf8")) as { readonly pid: number };
    process.kill(pid, "SIGKILL");
    return;
  }
}

/** Objects of the simulated account that no state names. */
function unknown(world: WatchedWorld, account: string): readonly string[] {
  const states = readdirSync(join(account, "s3"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.includes("us-west-2") && !/journal|tflock/.test(path))
    .filter((path) => statSync(join(account, "s3", path)).isFile())
    .map((path) => readFileSync(join(account, "s3", path), "utf8"))
    .join("\n");
  const left = world.rehearsed().objects();
  return left.filter(({ id }) => !states.includes(id)).map(({ type, id }) => `${type} ${id}`);
}
