import { allPages, awsCall } from "../../../../lib/layer/aws-call";
import { signInOf } from "../../aws/credentials";
import { awsFailure } from "../../aws/failure";
import { tryAws } from "../../aws/client";
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
