import { expect, test } from "vitest";
import { FakeWorld } from "./fake-world";
import { rehearsing } from "./rehearsing";
import { run } from "./runs";

const folder = ".provision/rehearsal/dev";
const again = "npx ts-node scripts/provision.ts";
const stateKey = "dev-state/us-west-2/cellar/dev";

/** Puts an object into a layer's state right before it is read after its destroy. */
function leaveObject(world: FakeWorld): void {
  world.before = (command) => {
    if (command !== "roof state pull" || world.ran.at(-1) !== "roof apply") return;
    const [key = "", text = ""] = [...world.cloud.stored].find(([name]) => name.includes("/roof/")) ?? [];
    const left = { mode: "managed", type: "aws_eip", name: "left", instances: [{ attributes: {} }] };
    world.cloud.stored.set(key, JSON.stringify({ ...JSON.parse(text), resources: [left] }));
  };
}

interface Case {
  readonly what: string;
  /** Causes it, after the layers were applied. */
  readonly cause: (world: FakeWorld) => void;
  readonly command: string;
  /** Precedes the commands in the hint. */
  readonly start: string;
}

test.each<Case>([
  {
    what: "a locked state",
    cause: (world) => world.faults.locked.add("ground"),
    command: "apply --env dev --rehearse --until ground",
    start: "Wait until that run ends; if it is no longer running, run:",
  },
  {
    what: "a destroy that left an object",
    cause: leaveObject,
    command: "destroy --env dev --rehearse --only roof",
    start: "Run:",
  },
  {
    what: "two states of the state bucket",
    cause: (world) => {
      const other = (world.cloud.stored.get(stateKey) ?? "").replace(
        /"lineage":"[^"]*"/,
        '"lineage":"other"',
      );
      world.texts.set(`${folder}/bootstrap/cellar.tfstate`, other.replaceAll("alias/", "alias/else-"));
    },
    command: "apply --env dev --rehearse --only cellar",
    start: "Run:",
  },
])("in a rehearsal, the hint for $what is to start over, not to run terraform", async (given) => {
  const { cause, command, start } = given;
  const world = rehearsing();
  expect(await run(world, "apply --env dev --rehearse")).toBe(0);
  cause(world);
  const failure = await run(world, command);
  expect(failure).toMatchObject({ hint: `${start} rm -r ${folder}; then run: ${again} ${command}` });
  expect([...world.printed, JSON.stringify(failure)].join("\n")).not.toContain("terraform -chdir");
});

test.each<Pick<Case, "what" | "cause">>([
  {
    what: "could not be saved",
    cause: (world) => world.faults.init.set("ground", "Error: Failed to save state"),
  },
  {
    what: "an earlier run could not save",
    cause: (world) => world.texts.set(`${folder}/synthesised/stacks/ground/errored.tfstate`, "{}"),
  },
])("in a rehearsal, a state that $what is recovered in the rehearsal", async ({ cause }) => {
  const world = rehearsing();
  expect(await run(world, "apply --env dev --rehearse")).toBe(0);
  cause(world);
  const failure = await run(world, "apply --env dev --rehearse --only ground");
  expect(failure).toMatchObject({ hint: `Run: ${again} recover --env dev --rehearse --only ground` });
});

test("a rehearsal that is started over starts at the first layer", async () => {
  const world = rehearsing();
  expect(await run(world, "apply --env dev --rehearse")).toBe(0);
  world.faults.locked.add("ground");
  const failure = await run(world, "apply --env dev --rehearse --from ground");
  expect(failure).toMatchObject({
    hint: expect.stringMatching(/provision\.ts apply --env dev --rehearse$/) as unknown,
  });
});

test("in a rehearsal, the lock that a killed Terraform has left on a state is released, with a word", async () => {
  const locks = ["dev-state/us-west-2/ground/dev.tflock", "elsewhere/us-west-2/ground/dev.tflock"];
  const world = rehearsing({ locks });
  expect(await run(world, "apply --env dev --rehearse --only cellar,ground")).toBe(0);
  expect(locks).toEqual(["elsewhere/us-west-2/ground/dev.tflock"]);
  expect(world.printed.filter((line) => line.includes("killed is released"))).toEqual([
    "  ground: the lock of a Terraform that was killed is released",
  ]);
});

test("in a rehearsal, the lock of a Terraform that still works on the layer stays until that has ended", async () => {
  const locks = ["dev-state/us-west-2/ground/dev.tflock"];
  const world = rehearsing({ locks });
  expect(await run(world, "apply --env dev --rehearse --until ground")).toBe(0);
  expect(locks).toEqual([]);
  locks.push("dev-state/us-west-2/ground/dev.tflock");
  const command = "apply -json -input=false layer.tfplan";
  const record = { pid: 99, host: "workstation", command, started: "2026-01-01T08:30:00.000Z" };
  world.texts.set(`${folder}/unprotected/stacks/ground/running.json`, JSON.stringify(record));
  world.others.add(99);
  world.arguments.set(99, `terraform ${command}`);
  const seen: number[] = [];
  world.clock.every = (seconds, act) => {
    const timer =
      seconds === 1 &&
      setInterval(() => {
        seen.push(locks.length);
        if (seen.length === 3) world.others.delete(99);
        act();
      });
    return () => {
      clearInterval(timer || undefined);
    };
  };
  expect(await run(world, "apply --env dev --rehearse --only ground")).toBe(0);
  expect(seen.slice(0, 3)).toEqual([1, 1, 1]);
  expect(locks).toEqual([]);
});

test("a real run releases no lock of a state", async () => {
  const world = rehearsing({ locks: ["dev-state/us-west-2/ground/dev.tflock"] });
  expect(await run(world, "apply --env dev --yes")).toBe(0);
  expect(world.printed.join("\n")).not.toContain("killed is released");
});

const environmentLock = `${folder}/environment.lock`;

test("in a rehearsal, a lock that cannot be read is the rehearsal's own file", async () => {
  const world = rehearsing();
  world.texts.set(environmentLock, "{");
  expect(await run(world, "apply --env dev --rehearse")).toMatchObject({
    hint: `If no other run is in progress, run: rm ${environmentLock}; then run: ${again} apply --env dev --rehearse`,
  });
});

test("in a rehearsal, a lock that cannot be released is left to the next run", async () => {
  const world = rehearsing();
  const write = world.files.write.bind(world.files);
  Object.assign(world.files, {
    write: (...given: Parameters<typeof write>) => {
      if (given[0] === environmentLock && String(given[1]).includes('"released"'))
        throw new Error("no space is left on the device");
      write(...given);
    },
  });
  expect(await run(world, "apply --env dev --rehearse")).toBe(0);
  const printed = world.printed.join("\n");
  expect(printed).toContain("no space is left on the device; the next run takes it over");
  expect(printed).not.toContain("unlock");
  Object.assign(world.files, { write });
  expect(await run(world, "apply --env dev --rehearse")).toBe(0);
});

test.each(["doctor", "history"])("%s of a rehearsal starts no simulated account", async (command) => {
  const world = rehearsing();
  const started = () => Promise.reject(new Error("no space is left on the device"));
  Object.assign(world.product, { startRehearsal: started });
  expect(await run(world, `${command} --env dev --rehearse`)).toBe(0);
});
