import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { beforeEach, describe, expect, test } from "vitest";
import { FakeWorld } from "./fake-world";
import { commands, run, table } from "./runs";
import { house, toyEnvironment, toys } from "./toys";

const again = "npx ts-node scripts/provision.ts";
const resized = `${toyEnvironment}layers: { ground: { cidr: 10.1.0.0/16 } }\n`;
const file = "dev.plan";

/** Another checkout, of somebody else, that shares the account, and has been given the file. */
function elsewhere(world: FakeWorld): FakeWorld {
  const other = Object.assign(new FakeWorld(), { cloud: world.cloud });
  other.texts.set("configs/dev.yaml", world.texts.get("configs/dev.yaml") ?? "");
  const saved = world.binaries.get(file);
  if (saved !== undefined) other.binaries.set(file, saved);
  return other;
}

/** The saved file with another manifest, or without a plan. */
function rewritten(world: FakeWorld, change: (entries: Record<string, Uint8Array>) => void): void {
  const entries = unzipSync(world.binaries.get(file) ?? new Uint8Array());
  change(entries);
  world.binaries.set(file, Buffer.from(zipSync(entries)));
}

/** How files are written from now on, by their paths. */
function writing({ files }: FakeWorld): ReadonlyMap<string, unknown> {
  const kinds = new Map<string, unknown>();
  const write = files.write.bind(files);
  Object.assign(files, {
    write: (...given: Parameters<typeof write>) => {
      kinds.set(given[0], given[2]);
      write(...given);
    },
  });
  return kinds;
}

/** `house`, whose security group has another description. */
const described: typeof house = {
  ...house,
  build(stack, inputs) {
    const outputs = house.build(stack, inputs);
    stack.addOverride("resource.aws_security_group.group.description", "other");
    return outputs;
  },
};
const withDescribed = toys.map((layer) => (layer.name === "house" ? described : layer));

let world: FakeWorld;

/** Everything is applied, then the network is resized, and that is planned and saved. */
beforeEach(async () => {
  world = new FakeWorld();
  await run(world, "apply --env dev --yes");
  world.texts.set("configs/dev.yaml", resized);
  world.printed.length = 0;
  expect(await run(world, `plan --env dev --save ${file}`)).toBe(0);
});

describe("plan --save", () => {
  test("says which plans it saved, by the digests that the plan shows, and what follows", () => {
    const [, digest = ""] = /Plan ([0-9a-f]{8});/.exec(world.printed.join("\n")) ?? [];
    expect(world.printed).toContain(`  Saved to ${file}: ground (plan ${digest})`);
    expect(world.printed).toContain(`  Next: ${again} --env dev --plan ${file}`);
    expect(world.printed).toContain(
      "  Keep the file as a secret: plans contain passwords and keys in plain text",
    );
  });

  test("writes what can be read by its owner alone, and leaves no plan in the layers' folders", async () => {
    const kinds = writing(world);
    await run(world, `plan --env dev --save ${file}`);
    expect(kinds.get(file)).toBe("secret");
    const all = [...world.texts.keys(), ...world.binaries.keys()];
    expect(all.filter((path) => path.endsWith(".tfplan"))).toEqual([]);
  });

  test("leaves out a layer that reads an output which another plan changes", async () => {
    const key = "dev-state/us-west-2/ground/dev";
    const state = world.cloud.stored.get(key) ?? "";
    world.cloud.stored.set(key, state.replace('"vpcId":{"value":"vpc-', '"vpcId":{"value":"vpc-old-'));
    world.texts.set("configs/dev.yaml", toyEnvironment);
    world.printed.length = 0;
    expect(await run(world, `plan --env dev --save ${file}`, withDescribed)).toBe(0);
    expect(world.printed).toContain(
      "  Not saved: house, because it reads vpcId of ground, which the plan of ground changes",
    );
    expect(world.printed.find((line) => line.includes("Saved to"))).toMatch(/: ground \(plan [0-9a-f]{8}\)$/);
  });

  test("has no plans of a first installation, whose layers wait for each other", async () => {
    const empty = new FakeWorld();
    expect(await run(empty, `plan --env dev --save ${file}`)).toBe(0);
    expect(empty.printed).toContain(`  Saved to ${file}: no plan`);
    expect(empty.printed).toContain(
      "  Not saved: cellar, because its state is on this machine alone until its bucket exists",
    );
    expect(empty.printed).toContain("  Not saved: ground, because it waits for cellar");
    empty.printed.length = 0;
    expect(await run(empty, `apply ${file} --env dev --yes`)).toBe(0);
    expect(empty.printed).toContain("  Nothing to apply");
    expect(commands(empty, "apply")).toEqual([]);
  });
});

describe("apply with a saved plan", () => {
  test("by somebody else applies exactly that, and plans nothing", async () => {
    const other = elsewhere(world);
    expect(await run(other, `apply ${file} --env dev --yes`)).toBe(0);
    expect(commands(other, "plan")).toEqual([]);
    expect(commands(other, "apply")).toEqual(["ground apply"]);
    expect(table(other)).toMatchObject({ ground: "applied" });
    expect(world.cloud.stored.get("dev-state/us-west-2/ground/dev")).toContain("10.1.0.0/16");
    expect(
      [...other.texts.keys(), ...other.binaries.keys()].filter((path) => path.endsWith("tfplan")),
    ).toEqual([]);
  });

  test("gives Terraform a file that its owner alone can read", async () => {
    const other = elsewhere(world);
    const kinds = writing(other);
    expect(await run(other, `apply ${file} --env dev --yes`)).toBe(0);
    const plans = [...kinds].filter(([path]) => path.endsWith(".tfplan"));
    expect(plans).toEqual([[expect.stringContaining("stacks/ground/"), "secret"]]);
  });

  test("refuses one that does something else than the digest that was approved", async () => {
    rewritten(world, (entries) => {
      const manifest = strFromU8(entries["manifest.json"] ?? new Uint8Array());
      entries["manifest.json"] = strToU8(
        manifest.replace(/("digest": ?")[0-9a-f]{12}/, `$1${"0".repeat(12)}`),
      );
    });
    expect(await run(elsewhere(world), `apply ${file} --env dev --yes`)).toMatchObject({
      message: expect.stringMatching(
        /^Cannot apply "ground": its saved plan is plan [0-9a-f]+, not plan 0+, which was approved$/,
      ) as string,
      exitCode: 6,
    });
    expect(world.cloud.stored.get("dev-state/us-west-2/ground/dev")).not.toContain("10.1.0.0/16");
  });

  test("shows it, and asks", async () => {
    const other = elsewhere(world).answering("no");
    expect(await run(other, `apply --env dev --plan ${file}`)).toMatchObject({
      message: 'Cannot apply "ground": declined',
      hint: `Run: ${again} --env dev --plan ${file}`,
    });
    expect(other.printed).toContain('      ~ cidr_block = "10.0.0.0/16" -> "10.1.0.0/16"');
    expect(other.questions).toHaveLength(1);
    expect(commands(other, "apply")).toEqual([]);
    expect(await run(other.answering("yes"), `apply ${file} --env dev`)).toBe(0);
  });

  test("has the providers that it was planned with, and the values of the plan, but for ephemeral ones", async () => {
    const withVariables: typeof house = {
      ...described,
      generatedValues: () => ({ kept: "1", passing: "2" }),
      build(stack, inputs) {
        stack.addOverride("variable.kept", { type: "string" });
        stack.addOverride("variable.passing", { type: "string", ephemeral: true });
        return described.build(stack, inputs);
      },
    };
    const layers = toys.map((layer) => (layer.name === "house" ? withVariables : layer));
    const lock = "cdktf.out/dev/stacks/house/.terraform.lock.hcl";
    world.texts.set(lock, "# with checksums\n");
    await run(world, `plan --env dev --only house --save ${file}`, layers);
    const other = elsewhere(world);
    expect(await run(other, `apply ${file} --env dev --yes`, layers)).toBe(0);
    expect(other.texts.get(lock)).toBe("# with checksums\n");
    const applied = other.commands.find(({ arguments: [name] }) => name === "apply");
    expect(applied?.environment).toMatchObject({ TF_VAR_passing: "2" });
    expect(applied?.environment).not.toHaveProperty("TF_VAR_kept");
    const planned = world.commands.findLast(({ arguments: [name] }) => name === "plan");
    expect(planned?.environment).toMatchObject({ TF_VAR_passing: "2", TF_VAR_kept: "1" });
  });

  test("asks for consent to a loss, also with --yes", async () => {
    const without: typeof house = {
      ...house,
      build(stack, inputs) {
        const outputs = house.build(stack, inputs);
        stack.node.tryRemoveChild("database");
        return outputs;
      },
    };
    const layers = toys.map((layer) => (layer.name === "house" ? without : layer));
    world.texts.set("configs/dev.yaml", toyEnvironment);
    await run(world, `plan --env dev --save ${file}`, layers);
    const other = elsewhere(world);
    expect(await run(other, `apply ${file} --env dev --yes`, layers)).toMatchObject({
      message: 'Cannot apply "house" without approval: objects that contain data or keys would be lost',
      hint: `If that is intended, run: ${again} --env dev --yes --plan ${file} --allow-data-loss house`,
    });
    expect(commands(other, "apply")).toEqual([]);
  });

  test("is done when it was applied before", async () => {
    await run(elsewhere(world), `apply ${file} --env dev --yes`);
    const other = elsewhere(world);
    expect(await run(other, `apply ${file} --env dev --yes`)).toBe(0);
    expect(other.printed).toContain("    Planned today, nothing would change");
    expect(other.printed).toContain("  ground: it was applied already, and all that it changes is there");
    expect(commands(other, "apply")).toEqual([]);
  });

  test("was not applied where the environment file has come back to what there is", async () => {
    const other = elsewhere(world);
    other.texts.set("configs/dev.yaml", toyEnvironment);
    expect(await run(other, `apply ${file} --env dev --yes`)).toBe(0);
    expect(other.printed).toContain("    Planned today, nothing would change");
    expect(other.printed.join("\n")).not.toContain("applied already");
  });

  test("goes with no other choice of layers", async () => {
    expect(await run(world, `apply ${file} --env dev --only ground`)).toMatchObject({ exitCode: 64 });
  });
});

describe("a stale plan is refused before anything changes, and compared with that of today:", () => {
  const stale = {
    message: `Cannot apply the saved plan "${file}": it is stale for "ground"; nothing was changed`,
    hint: `Save a new one, and have that approved: ${again} plan --env dev --only ground --save ${file}`,
    exitCode: 6,
  };

  /** Somebody changes the state in the meantime. */
  function written(change: (text: string) => string = (text) => text): void {
    const key = "dev-state/us-west-2/ground/dev";
    const text = world.cloud.stored.get(key) ?? "";
    world.cloud.stored.set(key, change(text.replace(/"serial":\d+/, '"serial":99')));
  }

  test("the same", async () => {
    written();
    const other = elsewhere(world);
    expect(await run(other, `apply ${file} --env dev --yes`)).toMatchObject(stale);
    const text = other.printed.join("\n");
    expect(text).toMatch(/ground: its state was written after it was planned: serial \d, now 99/);
    const [, saved = ""] = /ground: plan ([0-9a-f]{8})/.exec(text) ?? [];
    expect(text).toContain(`Today's plan would do the same (plan ${saved})`);
    expect(commands(other, "apply")).toEqual([]);
  });

  test("something else, object by object", async () => {
    written((text) => text.replaceAll("10.0.0.0/16", "10.9.0.0/16"));
    const other = elsewhere(world);
    other.cloud.objects.delete(
      [...other.cloud.objects.keys()].find((key) => key.startsWith("aws_subnet")) ?? "",
    );
    expect(await run(other, `apply ${file} --env dev --yes`)).toMatchObject(stale);
    const text = other.printed.join("\n");
    expect(text).toMatch(/Today's plan would do something else \(plan [0-9a-f]{8}\):/);
    expect(text).toContain("~ aws_vpc.vpc: cidr_block");
    expect(text).toMatch(/~ aws_subnet\.subnet-us-west-2a: create, was update/);
  });

  test("another environment file", async () => {
    const other = elsewhere(world);
    other.texts.set("configs/dev.yaml", resized.replace("10.1", "10.2"));
    expect(await run(other, `apply ${file} --env dev --yes`)).toMatchObject(stale);
    expect(other.printed.join("\n")).toContain(
      "ground: the environment file, or the code, is not the one that was planned",
    );
  });

  test("another state", async () => {
    written((text) => text.replace(/"lineage":"[^"]*"/, '"lineage":"restored"'));
    const other = elsewhere(world);
    expect(await run(other, `apply ${file} --env dev --yes`)).toMatchObject(stale);
    expect(other.printed.join("\n")).toContain("ground: its state is another one");
  });

  test("other outputs of the layers that it reads", async () => {
    world.texts.set("configs/dev.yaml", toyEnvironment);
    await run(world, `plan --env dev --save ${file}`, withDescribed);
    written((text) => text.replace(/"vpcId":\{"value":"vpc-/, '"vpcId":{"value":"vpc-new-'));
    const other = elsewhere(world);
    expect(await run(other, `apply ${file} --env dev --yes`, withDescribed)).toMatchObject({
      message: `Cannot apply the saved plan "${file}": it is stale for "house"; nothing was changed`,
    });
    expect(other.printed.join("\n")).toContain("house: outputs that it reads of other layers have changed");
  });
});

describe("a saved plan is refused where it does not belong:", () => {
  test("in another environment, account, version of Terraform and platform, all at once", async () => {
    const other = elsewhere(world);
    other.version = "1.12.0";
    Object.assign(other.downloads, { platform: "darwin-arm64" });
    other.texts.set("configs/test.yaml", resized.replace("name: dev", "name: test"));
    expect(await run(other, `apply ${file} --env test --yes`)).toMatchObject({
      message: `Cannot apply the saved plan "${file}": it is for environment "dev", and this is "test"; it is for version of Terraform "1.11.4", and this is "1.12.0"; it is for platform "linux-x64", and this is "darwin-arm64"`,
      exitCode: 4,
    });
  });

  test.each<[string, string, (world: FakeWorld) => void]>([
    ["there is no such file", "a file that is missing", (world) => void world.binaries.delete(file)],
    [
      "it is none of plan --save",
      "any other file",
      (world) => void world.binaries.set(file, Buffer.from("text")),
    ],
    [
      'the plan of "ground" in it is not the one that was saved',
      "a plan that was replaced in it",
      (world) => {
        rewritten(world, (entries) => (entries["ground.tfplan"] = strToU8('{"changes":[],"serial":0}')));
      },
    ],
    [
      "its format is 2, and this release reads format 1",
      "one of a later release",
      (world) => {
        rewritten(world, (entries) => (entries["manifest.json"] = strToU8('{"format":2}')));
      },
    ],
    [
      "its manifest cannot be read",
      "a manifest that lacks something",
      (world) => {
        rewritten(world, (entries) => (entries["manifest.json"] = strToU8('{"format":1}')));
      },
    ],
  ])("%s, for %s", async (truth, _, change) => {
    change(world);
    expect(await run(world, `apply ${file} --env dev --yes`)).toMatchObject({
      message: `Cannot read the saved plan "${file}": ${truth}`,
      exitCode: 4,
    });
    expect(commands(world, "apply").filter((ran) => ran === "ground apply")).toHaveLength(1);
  });
});
