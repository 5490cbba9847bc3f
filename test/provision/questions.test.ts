import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { expect, test } from "vitest";
import { appliedWorld } from "./applied";
import { FakeWorld } from "./fake-world";
import { commands, run, table } from "./runs";
import { cellar, ground, house, roof } from "./toys";

const again = "npx ts-node scripts/provision.ts";
const answers = "yes/no/all/details/quit";

/** `house` without its security group. */
const withoutGroup: typeof house = {
  ...house,
  build(stack, inputs) {
    house.build(stack, inputs);
    stack.node.tryRemoveChild("group");
    return { groupId: "sg-1" };
  },
};

/** `house` with another security group. */
const withSecondGroup: typeof house = {
  ...house,
  build(stack, inputs) {
    new SecurityGroup(stack, "second", { name: "second", vpcId: inputs.from.ground.vpcId });
    return house.build(stack, inputs);
  },
};

/** A world in which everything is applied, and the operator gives these answers. */
async function applied(...given: (string | undefined)[]): Promise<FakeWorld> {
  return (await appliedWorld()).answering(...given);
}

test("each layer with changes is confirmed once", async () => {
  const world = new FakeWorld().answering("yes", "y", "YES", "Y");
  expect(await run(world, "--env dev")).toBe(0);
  expect(world.questions).toEqual([
    `Apply these 3 changes to cellar? ${answers}`,
    `Apply these 4 changes to ground? ${answers}`,
    `Apply these 2 changes to house? ${answers}`,
    `Apply this change to roof? ${answers}`,
  ]);
});

test.each(["no", "n", "quit", "NO", "Quit"])(
  'the answer "%s" ends the run, which prints how to continue',
  async (answer) => {
    const world = new FakeWorld().answering("yes", answer);
    expect(await run(world, "--env dev")).toMatchObject({
      message: 'Cannot apply "ground": declined',
      hint: `Run: ${again} --env dev --from ground`,
      exitCode: 1,
    });
    expect(table(world)["ground"]).toBe("declined");
    expect(table(world)["house"]).toBe("not run because ground was declined");
    expect(commands(world, "apply")).toEqual(["cellar apply"]);
  },
);

test("an unclear answer neither confirms nor ends the run: the answers are listed, and the question is asked again", async () => {
  const world = new FakeWorld().answering("", "yse", "d", "no");
  await run(world, "--env dev");
  expect(world.questions).toEqual(Array<string>(4).fill(`Apply these 3 changes to cellar? ${answers}`));
  expect(commands(world, "apply")).toEqual([]);
  const start = world.printed.indexOf("  Nothing was entered. Answers:");
  expect(world.printed.slice(start, start + 6)).toEqual([
    "  Nothing was entered. Answers:",
    "    yes or y        agree",
    "    no, n or quit   end the run here; the next command is printed",
    "    all             agree, also to what later layers create or change in place",
    "    details         print the whole plan, then ask again",
    '  "yse" is not an answer. Answers:',
  ]);
  expect(world.printed).toContain('  "d" is not an answer. Answers:');
});

test('"details" prints every value of the plan, and asks again, also where a name confirms', async () => {
  const world = await applied("details", "Details", "no");
  edit(world, "state:", "layers: { ground: { cidr: 10.1.0.0/16 } }\nstate:");
  await run(world, "--env dev");
  expect(world.questions).toEqual(Array<string>(3).fill(`Apply these 4 changes to ground? ${answers}`));
  const line = '      ~ cidr_block = "10.0.0.0/16" -> "10.1.0.0/16"';
  expect(world.printed.filter((printed) => printed === line)).toHaveLength(3);
  const lossy = await applied("details", "quit");
  lossy.faults.replace.add("aws_rds_cluster.database");
  await run(lossy, "--env dev");
  expect(lossy.printed).toContain('      ~ arn = "arn:aws_rds_cluster/house" -> (known after apply)');
});

test('"all" covers what this layer and later ones create and change in place', async () => {
  const world = new FakeWorld().answering("yes", "All");
  expect(await run(world, "--env dev")).toBe(0);
  expect(world.questions).toHaveLength(2);
  expect(commands(world, "apply")).toEqual(["cellar apply", "ground apply", "house apply", "roof apply"]);
  expect(world.printed).toContain('  Approved with "all": 2 changes');
});

test('"all" does not cover a deletion, in the layer of the answer or in a later one', async () => {
  const world = await applied("all", "nope", "y", "no");
  edit(world, ", us-west-2c", ", us-west-2d");
  expect(await run(world, "--env dev", [cellar, ground, withoutGroup, roof])).toMatchObject({
    message: 'Cannot apply "house": declined',
  });
  expect(world.questions).toEqual([
    `Apply these 2 changes to ground? ${answers}`,
    "Apply this deletion to ground? yes/no/details/quit",
    "Apply this deletion to ground? yes/no/details/quit",
    "Apply this deletion to house? yes/no/details/quit",
  ]);
  expect(world.printed).toContain("    aws_subnet.subnet-us-west-2c: deleted");
  expect(world.printed).toContain("    aws_security_group.group: deleted");
});

test('a replacement needs the layer\'s name, with or without data in it, before and after "all"', async () => {
  const world = await applied("ground", "all", "house", "roof");
  world.faults.replace.add("aws_vpc.vpc").add("aws_security_group.group").add("aws_security_group.door");
  // Synthesised layers are cached by the environment file.
  edit(world, "example.com", "example.org");
  expect(await run(world, "--env dev", [cellar, ground, withSecondGroup, roof])).toBe(0);
  expect(world.questions).toEqual([
    "Replace 1 object? Enter ground to confirm, details or quit:",
    `Apply these 2 changes to house? ${answers}`,
    "Replace 1 object? Enter house to confirm, details or quit:",
    "Replace 1 object? Enter roof to confirm, details or quit:",
  ]);
  expect(world.printed).toContain("  aws_security_group.door: replaced");
});

test("a wrong name, an answer or Enter alone is no confirmation, and does not end the run", async () => {
  const world = await applied("hose", "yes", "", "House", "quit");
  world.faults.replace.add("aws_rds_cluster.database");
  expect(await run(world, "--env dev --only house")).toMatchObject({
    message: 'Cannot apply "house": declined',
  });
  const question = "Lose the data in 1 object? Enter house to confirm, details or quit:";
  expect(world.questions).toEqual(Array<string>(5).fill(question));
  expect(world.printed).toContain("  aws_rds_cluster.database: replaced; its data will be lost");
  expect(world.printed).toContain(
    '  "hose" is not an answer: enter house to confirm, details to print the whole plan, or quit to end the run',
  );
  expect(world.printed).toContain(
    "  Nothing was entered: enter house to confirm, details to print the whole plan, or quit to end the run",
  );
  expect(commands(world, "apply")).toEqual([]);
});

test("what is replaced and what is lost are confirmed together, with every object named", async () => {
  const world = await applied("quit");
  world.faults.replace.add("aws_rds_cluster.database").add("aws_security_group.group");
  await run(world, "--env dev --only house");
  expect(world.printed).toContain("Replace or delete 2 objects, 1 with data?");
  expect(world.questions).toEqual(["Enter house to confirm, details or quit:"]);
});

test("an interrupt at a question, or before it, ends the run", async () => {
  const world = new FakeWorld().answering("yes", undefined);
  expect(await run(world, "--env dev")).toMatchObject({
    message: 'Cannot finish "ground": you interrupted the run',
    exitCode: 7,
  });
  const drained = new FakeWorld().answering("yes");
  drained.before = (command) => {
    if (command === "cellar show") drained.interrupt();
  };
  expect(await run(drained, "--env dev")).toMatchObject({ exitCode: 7 });
  expect(drained.questions).toEqual([]);
});

test("a question that is wider than 80 columns has its answers on a line of their own", async () => {
  const long = { ...ground, name: "a-layer-with-a-name-of-more-than-forty-letters" };
  const world = new FakeWorld().answering("yes", "no");
  await run(world, "--env dev", [cellar, long]);
  expect(world.printed).toContain("Apply these 4 changes to a-layer-with-a-name-of-more-than-forty-letters?");
  expect(world.questions.at(-1)).toBe(answers);
});

/** Changes the environment file. */
function edit(world: FakeWorld, from: string, to: string): void {
  world.texts.set("configs/dev.yaml", (world.texts.get("configs/dev.yaml") ?? "").replace(from, to));
}
