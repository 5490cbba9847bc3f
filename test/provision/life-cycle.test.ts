import { afterEach, expect, test } from "vitest";
import type { World } from "../../scripts/provision/world/index";
import { run, table } from "./runs";
import type { Faults } from "../../rehearsal/engine/settings";
import { removeWorlds, terraformMissing, type WatchedWorld, worldIn } from "./real-world";
import { cellar, ground, toyEnvironment } from "./toys";

// With the real Terraform, simulated providers and a local stand-in for S3.
const minutes = 10 * 60_000;
const real = test.skipIf(terraformMissing);
const folder = ".provision/rehearsal/dev";

afterEach(removeWorlds);

/** A world whose state bucket exists already: creating it takes as long as two layers, and has tests of its own. */
function worldWithBucket(faults: Faults): WatchedWorld {
  const existing = toyEnvironment.replace("bucket: dev-state", "bucket: dev-state\n  existing: true");
  return worldIn(existing, {
    faults,
    seeds: [{ type: "aws_s3_bucket", attributes: { bucket: "dev-state" } }],
  });
}

/** A change in the console of the simulated account. */
function editVpc({ files }: World): void {
  const vpc = files.list(folder).find((file) => file.includes("aws_vpc/")) ?? "";
  const object = files.read(`${folder}/${vpc}`) ?? "";
  files.write(
    `${folder}/${vpc}`,
    object.replace(/"enable_dns_support":\s*true/, '"enable_dns_support":false'),
  );
}

/** What a lock file says of providers has no meaning for simulated ones. */
const lockOfAnotherProvider = `provider "registry.terraform.io/hashicorp/aws" {
  version = "5.100.0"
  hashes  = ["h1:${"A".repeat(43)}="]
}
`;

real(
  "a rehearsal applies, plans without changes, destroys, and leaves nothing",
  async () => {
    const world = worldIn(toyEnvironment);
    expect(await run(world, "--env dev --rehearse --timings timings.json", [cellar, ground])).toBe(0);
    expect(world.printed.at(-1)).toMatch(
      /^\[simulated\] The rehearsal passed in .+ {2}applied, planned without changes, destroyed; nothing is left$/,
    );
    expect(world.files.list("cdktf.out")).toEqual([]);
    const { terraformSeconds, totalSeconds } = JSON.parse(world.files.read("timings.json") ?? "") as Record<
      string,
      number
    >;
    expect(terraformSeconds).toBeGreaterThan(1);
    expect(totalSeconds).toBeGreaterThan(terraformSeconds ?? Infinity);
  },
  minutes,
);

real(
  "a rehearsal that is kept can be applied, planned, drift away, and be destroyed",
  async () => {
    const world = worldIn(toyEnvironment);
    expect(await run(world, "apply --env dev --rehearse --until ground")).toBe(0);
    editVpc(world);
    world.files.write(`${folder}/synthesised/stacks/ground/.terraform.lock.hcl`, lockOfAnotherProvider);
    expect(await run(world, "plan --env dev --rehearse --until ground --detailed-exitcode")).toBe(2);
    expect(table(world)).toEqual({ cellar: "unchanged", ground: "to change" });
    expect(world.printed).toContain("      ! changed outside Terraform: enable_dns_support = true -> false");
    expect(await run(world, "outputs --env dev --rehearse --json --only ground")).toBe(0);
    expect(await run(world, "destroy --env dev --rehearse")).toBe(0);
    expect(world.files.list(folder).filter((file) => file.includes("/cloud/"))).toEqual([]);
  },
  minutes,
);

real(
  "a failing resource stops the run with AWS's message, and the next run continues",
  async () => {
    const faults: { fail?: Record<string, string> } = { fail: { aws_subnet: "InvalidSubnet.Conflict" } };
    const world = worldWithBucket(faults);
    const failure = await run(world, "apply --env dev --rehearse --from ground --until house");
    expect(failure).toMatchObject({ exitCode: 1, output: expect.stringContaining("InvalidSubnet.Conflict") });
    expect(table(world)).toEqual({ ground: "failed", house: "not run because ground failed" });
    delete faults.fail;
    expect(await run(world, "apply --env dev --rehearse --only ground")).toBe(0);
  },
  minutes,
);

real(
  "the owner of a state lock is named",
  async () => {
    const world = worldWithBucket({ refuseLock: true });
    expect(await run(world, "apply --env dev --rehearse --only ground")).toMatchObject({
      message: expect.stringMatching(
        /^Cannot apply "ground": its state is locked by "another@client" since 2025-01-01 00:00 UTC/,
      ),
      // A lock of a rehearsal is worth nothing, and unlocking by hand would reach the real bucket.
      hint: expect.stringMatching(/run: rm -r \.provision\/rehearsal\/dev; then run:/),
      exitCode: 5,
    });
  },
  minutes,
);

real(
  "one SIGINT lets the apply finish, and the next layer is not run",
  async () => {
    const world = worldWithBucket({ latencyMs: 1000 });
    interruptGround(world, 1);
    expect(await run(world, "apply --env dev --rehearse --from ground --until house")).toMatchObject({
      hint: "Go on with: npx ts-node scripts/provision.ts apply --env dev --rehearse --from house --until house",
      exitCode: 7,
    });
    expect(table(world)).toEqual({ ground: "applied", house: "not run because you interrupted the run" });
  },
  minutes,
);

real(
  "two SIGINT stop Terraform, no lock remains, and the next run keeps what it finds created, and completes the layer",
  async () => {
    const faults: { readyMs?: number } = { readyMs: 60_000 };
    const world = worldWithBucket(faults);
    interruptGround(world, 2, () => vpcsOf(world).length > 0);
    expect(await run(world, "apply --env dev --rehearse --only ground")).toMatchObject({ exitCode: 7 });
    expect(table(world)).toEqual({ ground: "interrupted" });
    expect(world.files.list(folder).filter((file) => file.endsWith("tflock"))).toEqual([]);
    const vpcs = vpcsOf(world);
    expect(vpcs).toHaveLength(1);

    delete faults.readyMs;
    expect(await run(world, "apply --env dev --rehearse --only ground")).toBe(0);
    const printed = world.printed.join("\n");
    expect(printed).toContain("aws_vpc.vpc: exists");
    expect(printed).toMatch(/ground +applied +3 added +\d/);
    expect(vpcsOf(world)).toEqual(vpcs);
  },
  minutes,
);

real.each(["state push", "state pull"])(
  "a bootstrap that is killed at its first %s after the apply is completed by the next run",
  async (command) => {
    const world = worldIn(toyEnvironment);
    const commandLine = "apply --env dev --rehearse --only cellar";
    await expect(run(killedAfterApply(world, command), commandLine)).rejects.toThrow("killed");
    expect(world.files.list(`${folder}/bootstrap`)).toContain("cellar.tfstate");
    expect(await run(world, commandLine)).toBe(0);
    expect(world.files.list(`${folder}/bootstrap`)).toEqual([]);
    expect(world.rehearsed().objects()).toHaveLength(3);
    expect(await run(world, "plan --env dev --rehearse --only cellar --detailed-exitcode")).toBe(0);
  },
  minutes,
);

/** The same world, whose power goes off when this command would start. */
function killedAfterApply(world: World, command: string): World {
  let applied = false;
  return {
    ...world,
    processes: {
      ...world.processes,
      run: (started) => {
        const commandLine = started.arguments.join(" ");
        if (applied && commandLine.startsWith(command)) throw new Error("killed");
        applied ||= commandLine.startsWith("apply");
        return world.processes.run(started);
      },
    },
  };
}

/** The simulated VPCs, by their IDs. */
function vpcsOf(world: WatchedWorld): readonly string[] {
  return world
    .rehearsed()
    .objects()
    .flatMap(({ type, id }) => (type === "aws_vpc" ? [id] : []));
}

/** Presses Ctrl-C that often once Terraform is creating the VPC, and it is so far. */
function interruptGround({ files }: World, times: number, isTime = () => true): void {
  const watch = setInterval(() => {
    const log = files.list(".provision/logs").findLast((file) => file.endsWith("/ground.log"));
    const text = log === undefined ? undefined : files.read(`.provision/logs/${log}`);
    if (!text?.includes("aws_vpc.vpc: Creating...") || !isTime()) return;
    clearInterval(watch);
    for (let count = 0; count < times; count += 1) process.emit("SIGINT");
  }, 50);
}
