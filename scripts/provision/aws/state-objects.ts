import { allPages, awsCall } from "../../../lib/layer/aws-call";
import type { Run } from "../run/run";
import type { AwsRequest } from "../world/index";
import { tryAws } from "./client";
import type { Fault } from "./fault";

/** Objects of an environment in its state bucket: when each was written, by layer. */
export interface Stored {
  readonly states: ReadonlyMap<string, Date | undefined>;
  readonly locks: ReadonlyMap<string, Date | undefined>;
}

/** What the state bucket has of an environment, or why that is unknown. */
export type StateObjects =
  | ({ readonly kind: "stored" } & Stored)
  | { readonly kind: "no bucket" }
  | { readonly kind: "fault"; readonly fault: Fault };

/** Lists what the state bucket has of this environment. */
export async function listStateObjects(
  run: Run,
  patience: AwsRequest["patience"] = "work",
): Promise<StateObjects> {
  const { name, region, state } = run.loaded.environment;
  // The deployer's rights allow lists below this prefix: policy/deployer/keys-and-state.ts
  const list = awsCall("s3", "ListObjectsV2", { Bucket: state.bucket, Prefix: `${region}/` });
  const reply = await tryAws(run, { ...allPages(list, "Contents"), region: state.region }, patience);
  if (reply.kind === "fault")
    return reply.fault.code === "NoSuchBucket"
      ? { kind: "no bucket" }
      : { kind: "fault", fault: reply.fault };
  const found = (reply.output.Contents ?? []).flatMap(({ Key = "", LastModified }) => {
    const [, layer = "", file = "", ...below] = Key.split("/");
    return below.length > 0 ? [] : [{ layer, file, written: LastModified }];
  });
  const named = (wanted: string) =>
    new Map(found.filter(({ file }) => file === wanted).map(({ layer, written }) => [layer, written]));
  return { kind: "stored", states: named(name), locks: named(`${name}.tflock`) };
}
