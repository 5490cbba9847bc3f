import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyWrongLayer } from "./api/injected";
import { type Cloud, judgingProxy, startCloud, through } from "./emulated-cloud";
import { judgeRights } from "./api/denied";
import { type EmulatedEnvironment, emulatedEverythingOn } from "./emulated-environment";
import { type Life, fullCycle } from "./emulated-life";
import { missing } from "./tools";

const because = missing("terraform", "mirror", "moto");
/** Against hanging only. */
const timeout = 3_000_000;

let scratch: string;
let cloud: Cloud;
let everything: EmulatedEnvironment;
let life: Life;

describe.skipIf(because !== undefined)(`everything on, on an emulated AWS ${because ?? ""}`, () => {
  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), "everything-on-"));
    everything = emulatedEverythingOn(scratch);
    cloud = await startCloud(everything.environment, scratch);
    // dev is planned again.
    life = await fullCycle(everything.layers, { ...cloud, plansAgain: false });
    console.log(`everything on: ${cloud.proxy.findings.summary}`);
  }, timeout);
  afterAll(async () => {
    await cloud.stop();
    rmSync(scratch, { recursive: true });
  });

  test("is applied, changed and destroyed", () => {
    expect(life.failures).toEqual([]);
    expect(life.inStates).toEqual([]);
    expect(cloud.proxy.held()).toEqual([]);
  });

  test("asks for nothing that AWS would refuse", () => {
    expect(cloud.proxy.findings.all).toEqual([]);
  });

  test("makes no call that the rights which `provision iam` prints do not allow", async () => {
    await cloud.proxy.recorded();
    const { denied, summary } = await judgeRights(everything);
    console.log(`everything on: ${summary}`);
    expect(denied).toEqual([]);
  });

  test("needs everything with which the emulator's gaps are filled", () => {
    // This one is for second plans only.
    expect(cloud.proxy.unused()).toEqual(["shield.DescribeSubscription"]);
  });

  test("has requests of every protocol refused when they are wrong on purpose", async () => {
    const proxy = await judgingProxy(cloud.url, everything.environment, "wrong");
    const variables = { ...cloud.variables, ...through(proxy) };
    await applyWrongLayer(join(scratch, "wrong"), join(scratch, "kms"), variables);
    await proxy.stop();
    const seen = proxy.findings.all.map((finding) => /^wrong apply: (\S+ \S+ \S+)/.exec(finding)?.[1]);
    expect(seen.sort()).toEqual([
      "ec2.CreateVpc TagSpecifications.Tags: documented",
      "efs.CreateFileSystem Tags: documented",
      "efs.CreateFileSystem Tags[].Value: length",
      "iam.CreateRole Description: pattern",
      "iam.CreateRole Tags: documented",
      "iam.CreateRole Tags[].Value: length",
      "s3.PutBucketTagging Tagging.TagSet: documented",
      "secretsmanager.CreateSecret Description: length",
      "secretsmanager.CreateSecret Tags: documented",
      "secretsmanager.CreateSecret Tags[].Value: length",
    ]);
  });
});
