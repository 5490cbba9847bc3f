import { expect, test } from "vitest";
import { FileError, UserError } from "../../lib/errors";
import { isChanging } from "../../scripts/provision/run/changing-commands";
import { FakeWorld } from "./fake-world";
import { run } from "./runs";

/** Files that a run can do without. */
const informing = [
  /^\.provision\/logs\//,
  /^\.provision\/dev\/journal\//,
  /^\.provision\/dev\/(durations|last-run)\.json$/,
  /^\.provision\/dev\/plans\//,
  /^timings\.json$/,
  // Nothing is started whose output nobody could follow.
  /\/running\.(json|stderr)$/,
];

/** A world in which writes are refused, from one of them on: that one alone, or all. */
function refusing(from: number, all: boolean) {
  const world = new FakeWorld();
  const written: string[] = [];
  let ranBefore: number | undefined;
  world.onWrite = (path) => {
    written.push(path);
    const refused = all ? written.length > from : written.length === from + 1;
    if (!refused) return;
    ranBefore ??= world.ran.length;
    throw new FileError(`Cannot write "${path}": no space is left on the device`, "Free disk space");
  };
  return { world, written, ranAfter: () => world.ran.slice(ranBefore ?? 0) };
}

const objects = (world: FakeWorld) => [...world.cloud.objects.values()].map(({ type }) => type).sort();
const warnings = (world: FakeWorld) => world.printed.filter((line) => line.includes("the run goes on"));
const changes = (ran: readonly string[]) => ran.filter((one) => isChanging(one.replace(/^\S+ /, "")));

/** Where a path is written first and last, for all paths. */
function firstAndLast(written: readonly string[]): readonly number[] {
  const ends = [...new Set(written)].flatMap((path) => [written.indexOf(path), written.lastIndexOf(path)]);
  return [...new Set(ends)];
}

test.each([
  ["one write", "ground", false],
  ["every write from one on", "cellar", true],
])(
  "whichever it is, %s that fails is a warning, or stops the run before its next change",
  async (_, until, all) => {
    const commandLine = `--env dev --yes --until ${until} --timings timings.json`;
    const undisturbed = refusing(Infinity, false);
    expect(await run(undisturbed.world, commandLine)).toBe(0);
    const stopped = new Set<string>();
    const tried = firstAndLast(undisturbed.written);
    for (const index of tried) {
      const path = undisturbed.written[index] ?? "";
      const { world, ranAfter } = refusing(index, all);
      const ended = await run(world, commandLine);
      if (ended === 0) expect([path, warnings(world).length]).toEqual([path, 1]);
      else {
        expect(ended).toBeInstanceOf(UserError);
        expect([path, changes(ranAfter())]).toEqual([path, []]);
        stopped.add(path);
        world.onWrite = () => undefined;
        expect([path, await run(world, commandLine)]).toEqual([path, 0]);
      }
      expect([path, objects(world)]).toEqual([path, objects(undisturbed.world)]);
    }
    // Where nothing can be written any more, what a run needs fails soon after what only informs.
    const needless = [...stopped].filter((path) => informing.some((pattern) => pattern.test(path)));
    expect(all ? [] : needless).toEqual([]);
    expect(stopped.size).toBeGreaterThan(all ? 15 : 10);
  },
);

test("an apply whose output is cut off because the disk is full says so, and not what it could still print", async () => {
  const world = new FakeWorld();
  const original = world.processes.run.bind(world.processes);
  const line = JSON.stringify({
    "@message": "aws_vpc.vpc: Creating...",
    "@level": "info",
    type: "apply_start",
  });
  Object.assign(world.processes, {
    run: async (...given: Parameters<typeof original>) => {
      const finished = await original(...given);
      const isApply = given[0].arguments.includes("apply") && given[0].folder.endsWith("/ground");
      return isApply ? { ...finished, exitCode: 1, stdout: `${line}\n`, isCut: true } : finished;
    },
  });
  const commandLine = "--env dev --yes --until ground";
  expect(await run(world, commandLine)).toMatchObject({
    message: expect.stringMatching(
      /^Cannot apply "ground": no space is left on the device of \S+ground/,
    ) as string,
    hint: `Free disk space, and run: npx ts-node scripts/provision.ts --env dev --from ground --until ground --yes`,
  });
  expect(world.printed.join("\n")).not.toContain("@message");
});

test.each([
  [
    'Cannot use "/work/account/cloud/aws_vpc/vpc-1.json": no space left on device (ENOSPC)',
    'the system says "no space left on device" of /work/account/cloud/aws_vpc/vpc-1.json',
    "Free disk space, and run: npx ts-node scripts/provision.ts --env dev --from ground --yes",
  ],
  [
    "Failed to save: open /work/.terraform/lock: read-only file system",
    'the system says "read-only file system" of /work/.terraform/lock',
    "Make its file system writable, or work in another folder; then run: npx ts-node scripts/provision.ts --env dev --from ground --yes",
  ],
])("what the system refuses to Terraform is said with its path: %s", async (error, truth, hint) => {
  const world = new FakeWorld();
  world.faults.init.set("ground", `Error: ${error}`);
  expect(await run(world, "--env dev --yes")).toMatchObject({
    message: expect.stringContaining(`Cannot apply "ground": ${truth} (log: `) as string,
    hint,
  });
});

test("a record of Terraform's backend that a full disk has cut short is made anew", async () => {
  const world = new FakeWorld();
  const [cut, whole] = ["ground", "cellar"].map(
    (layer) => `cdktf.out/dev/stacks/${layer}/.terraform/terraform.tfstate`,
  ) as [string, string];
  world.files.write(cut, '{"version": 3, "back');
  world.files.write(whole, '{"version": 3}');
  expect(await run(world, "--env dev --yes")).toBe(0);
  expect([world.files.read(cut), world.files.read(whole)]).toEqual([undefined, '{"version": 3}']);
});
