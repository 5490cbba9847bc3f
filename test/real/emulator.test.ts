import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Cloud, startCloud } from "./emulated-cloud";
import { judgeRights } from "./api/denied";
import { type EmulatedEnvironment, emulatedDev } from "./emulated-environment";
import { type Life, fullCycle } from "./emulated-life";
import * as gaps from "./moto-gaps";
import { type Answers, isListed } from "./moto-lists";
import { missing } from "./tools";
import { notOurs, workingGroups } from "./working-groups";

const because = missing("terraform", "mirror", "moto");
/** Against hanging only. */
const timeout = 3_000_000;
const snapshots = "rds us-west-2 DescribeDBClusterSnapshots&SnapshotType=manual";

let scratch: string;
let cloud: Cloud;
let dev: EmulatedEnvironment;
let life: Life;

describe.skipIf(because !== undefined)(`an environment on an emulated AWS ${because ?? ""}`, () => {
  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), "emulated-"));
    dev = emulatedDev(scratch);
    cloud = await startCloud(dev.environment, scratch);
    life = await fullCycle(dev.layers, { ...cloud, plansAgain: true });
    console.log(`dev: ${cloud.proxy.findings.summary}`);
  }, timeout);
  afterAll(async () => {
    await cloud.stop();
    rmSync(scratch, { recursive: true });
  });

  const failuresOf = (...verbs: readonly string[]) =>
    life.failures.filter((failure) => verbs.some((verb) => failure.startsWith(`${verb} `))).join("\n\n");

  test("is applied, each layer after those that it needs", () => {
    expect(failuresOf("apply")).toBe("");
  });

  test("has an empty second plan, except for attributes that the emulator does not keep", () => {
    expect(failuresOf("plan")).toBe("");
    expect(life.unexplained).toEqual([]);
  });

  test("has a tag of everything changed, and nothing replaced", () => {
    expect(failuresOf("change")).toBe("");
  });

  test("is destroyed, each layer before those that it needs, and leaves nothing in their states", () => {
    expect(failuresOf("lift", "destroy")).toBe("");
    expect(life.inStates).toEqual([]);
  });

  test("leaves nothing in the emulator but the last snapshot of the database", () => {
    const { [snapshots]: last = "", ...others } = changed(life.lists.before, life.lists.after);
    expect(others).toEqual({});
    const names = [...last.matchAll(/<DBClusterSnapshotIdentifier>([^<]*)/g)].map(([, name]) => name);
    expect(names).toEqual([expect.stringMatching(/^dev-aurora-postgresql-final-/)]);
    expect(cloud.proxy.held()).toEqual([]);
  });

  test("asks for nothing that AWS would refuse", () => {
    expect(cloud.proxy.findings.all).toEqual([]);
  });

  test("makes no call that the rights which `provision iam` prints do not allow", async () => {
    await cloud.proxy.recorded();
    // The layer with an imported certificate is another environment's, with rights of its own.
    const layers = dev.layers.filter(({ name }) => name !== "route53-imported");
    const { denied, summary } = await judgeRights({ ...dev, layers });
    console.log(`dev: ${summary}`);
    expect(denied).toEqual([]);
  });

  test("is seen in every list of the emulator but those of what it has none", () => {
    const seen = changed(life.lists.before, life.lists.between);
    expect(Object.keys(life.lists.before).filter((list) => !(list in seen))).toEqual([
      "ec2 us-west-2 DescribeNetworkAcls&Filter.1.Name=default&Filter.1.Value.1=false",
      snapshots,
    ]);
  });

  test("has no resource that could be left without being noticed", () => {
    const types = new Set(dev.layers.flatMap(({ json }) => Object.keys(json.resource)));
    const listed = (type: string) => isListed(type, cloud.proxy.types);
    expect([...types].filter((type) => !listed(type))).toEqual(["terraform_data"]);
  });

  test.each(Object.entries(workingGroups))("has had %s there", (_, members) => {
    expect(members.filter((member) => !life.created.has(member))).toEqual([]);
  });

  test.each(Object.entries(notOurs))("has had no %s, which would work there: %s", (type) => {
    expect(life.created.has(type)).toBe(false);
  });

  test("has met every gap that is listed", () => {
    const listed = Object.values(gaps).flat();
    expect(listed.filter((gap) => !life.met.has(gap))).toEqual([]);
  });
});

/** The lists that have changed, as they are now. */
function changed(from: Answers, to: Answers): Answers {
  return Object.fromEntries(Object.entries(to).filter(([list, answer]) => answer !== from[list]));
}
