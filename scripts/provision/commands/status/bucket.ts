import { allPages, awsCall } from "../../../../lib/layer/aws-call";
import { readAsText } from "../../../../lib/layer/read-as-text";
import { stateLocation } from "../../../../lib/layer/stack";
import { signInOf } from "../../aws/credentials";
import { awsFailure } from "../../aws/failure";
import { tryAws } from "../../aws/client";
import { faultText } from "../../aws/fault";
import { hindered } from "../../aws/hindered";
import { refusedCredentials } from "../../aws/refused-credentials";
import type { Run } from "../../run/run";

/** Objects of an environment in its state bucket: when each was written, by layer. */
export interface Stored {
  readonly states: ReadonlyMap<string, Date | undefined>;
  readonly locks: ReadonlyMap<string, Date | undefined>;
}

/** Lists what the state bucket has of this environment; undefined if there is no such bucket. */
export async function listStates(run: Run): Promise<Stored | undefined> {
  const { environment } = run.loaded;
  const { name, region, state } = environment;
  // The deployer's rights allow lists below this prefix: policy/deployer/keys-and-state.ts
  const list = awsCall("s3", "ListObjectsV2", { Bucket: state.bucket, Prefix: `${region}/` });
  const reply = await tryAws(run, { ...allPages(list, "Contents"), region: state.region });
  if (reply.kind === "fault") {
    if (reply.fault.code === "NoSuchBucket") return undefined;
    // What answers where an instance has its role need not have one, and is only found out by a request.
    if (reply.fault.kind === "credentials")
      throw hindered(run, "prerequisites are missing", [refusedCredentials(run, signInOf(run), reply.fault)]);
    throw awsFailure(run, `read the state bucket "${state.bucket}"`, reply.fault);
  }
  const found = (reply.output.Contents ?? []).flatMap(({ Key = "", LastModified }) => {
    const [, layer = "", file = "", ...below] = Key.split("/");
    return below.length > 0 ? [] : [{ layer, file, written: LastModified }];
  });
  const named = (wanted: string) =>
    new Map(found.filter(({ file }) => file === wanted).map(({ layer, written }) => [layer, written]));
  return { states: named(name), locks: named(`${name}.tflock`) };
}

/** The text of a layer's state or lock; a clause with the reason when it cannot be read. */
export async function readObject(
  run: Run,
  layer: string,
  kind: "state" | "lock",
): Promise<{ readonly text: string } | { readonly because: string }> {
  const { bucket, key, region } = stateLocation(run.loaded.environment, layer);
  const get = awsCall("s3", "GetObject", { Bucket: bucket, Key: kind === "lock" ? `${key}.tflock` : key });
  const reply = await tryAws(run, { ...readAsText(get, "Body"), region });
  return reply.kind === "fault" ? { because: faultText(reply.fault) } : { text: reply.output.Body };
}
