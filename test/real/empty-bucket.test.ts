import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { awsCall, type AwsCall } from "../../lib/layer/aws-call";
import { awsSdk } from "../../scripts/provision/world/aws";
import { emptyBucket } from "../../scripts/provision/aws/empty-bucket";
import type { Run } from "../../scripts/provision/run/run";
import { createBucket, type Moto, signedRequest, startMoto } from "./moto";
import { missing } from "./tools";

const because = missing("moto");
const region = "us-west-2";
const keep = () => false;

let moto: Moto;
let sent: string[];

/** As much of a run as its calls of AWS need. */
function runOn({ variables }: Moto): Run {
  const sdk = awsSdk();
  const send: typeof sdk.send = (call, request) => {
    sent.push(call.operation);
    return sdk.send(call, request);
  };
  // Nothing else of a run is read for a call.
  return {
    world: { aws: { ...sdk, send } },
    loaded: { environment: { region, account: "123456789012" } },
    environment: { PATH: "", HOME: "", ...variables },
    request: { rehearse: false },
  } as unknown as Run;
}

function call<Output>(run: Run, asked: AwsCall<Output>): Promise<Output> {
  const { environment } = run;
  return run.world.aws.send(asked, { region, environment, patience: "work" }) as Promise<Output>;
}

async function put(bucket: string, keys: readonly string[]): Promise<void> {
  for (let start = 0; start < keys.length; start += 50)
    await Promise.all(
      keys.slice(start, start + 50).map(async (key) => {
        const answer = await signedRequest(`${moto.url}/${bucket}/${key}`, "s3", {
          method: "PUT",
          body: key,
        });
        if (!answer.ok) throw new Error(await answer.text());
      }),
    );
}

describe.skipIf(because !== undefined)(`a bucket with versions, on moto ${because ?? ""}`, () => {
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => {
    moto.stop();
  });

  test("is emptied in one pass, of versions and of delete markers, by 1000", async () => {
    sent = [];
    const run = runOn(moto);
    const name = "versioned";
    await createBucket(moto.url, name);
    const versioning =
      '<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status></VersioningConfiguration>';
    const enabled = await signedRequest(`${moto.url}/${name}?versioning`, "s3", {
      method: "PUT",
      body: versioning,
    });
    expect(enabled.ok).toBe(true);
    const keys = Array.from({ length: 600 }, (_, index) => `object ${index}`).map(encodeURIComponent);
    await put(name, keys);
    // A second version of each, and of 150 a delete marker.
    await put(name, keys);
    const Objects = keys.slice(0, 150).map((key) => ({ Key: decodeURIComponent(key) }));
    await call(run, awsCall("s3", "DeleteObjects", { Bucket: name, Delete: { Objects } }));
    // Of what is kept, that is the latest version alone.
    await put(name, ["kept"]);
    await put(name, ["kept"]);

    sent = [];
    const progress: number[] = [];
    const deleted = await emptyBucket(run, {
      ...{ name, region, over: keep, keeps: (key) => key === "kept" },
      onProgress: (count) => progress.push(count),
    });
    expect(deleted).toBe(1351);
    expect(progress.at(-1)).toBe(1351);
    expect(sent.filter((operation) => operation === "DeleteObjects")).toHaveLength(2);
    expect(sent).toHaveLength(5);

    const { Versions = [], DeleteMarkers = [] } = await call(
      run,
      awsCall("s3", "ListObjectVersions", { Bucket: name }),
    );
    expect(Versions.map(({ Key }) => Key)).toEqual(["kept"]);
    expect(DeleteMarkers).toEqual([]);
  });

  test("that does not exist is empty", async () => {
    const bucket = { name: "absent", region, over: keep, keeps: keep, onProgress: () => undefined };
    expect(await emptyBucket(runOn(moto), bucket)).toBe(0);
  });
});
