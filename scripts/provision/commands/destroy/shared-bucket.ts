import { exitCodes, UserError } from "../../../../lib/errors";
import { allPages, awsCall } from "../../../../lib/layer/aws-call";
import { callAws } from "../../aws/client";
import { runOf } from "../../run/journal/place";
import { bootstrapLayer, type Run } from "../../run/run";

/** Throws if the state bucket to destroy contains objects of another environment or program. */
export async function assertBucketUnshared(run: Run): Promise<void> {
  const creator = bootstrapLayer(run);
  if (creator === undefined || !run.selected.includes(creator) || run.request.rehearse) return;
  const { bucket } = run.loaded.environment.state;
  const [other, ...more] = (await keysIn(run, bucket)).filter((key) => !isOwn(run, key));
  if (other === undefined) return;
  const rest = more.length === 0 ? "" : ` and ${more.length} more`;
  throw new UserError(
    `Cannot destroy "${creator.name}": the bucket "${bucket}" also contains "${other}"${rest}, which would be lost`,
    `Destroy the environments with state in this bucket first; for a shared bucket, set state.existing: true in ${run.file}`,
    exitCodes.preflightFailed,
  );
}

/** State of this environment, or its lock, in any layer, or the journal of one of its runs. */
function isOwn({ loaded }: Run, key: string): boolean {
  const { region, name } = loaded.environment;
  if (runOf(loaded.environment, { key }) !== undefined) return true;
  const [place, , file, ...below] = key.split("/");
  return place === region && (file === name || file === `${name}.tflock`) && below.length === 0;
}

async function keysIn(run: Run, bucket: string): Promise<readonly string[]> {
  const list = awsCall("s3", "ListObjectsV2", { Bucket: bucket });
  const call = { ...allPages(list, "Contents"), region: run.loaded.environment.state.region };
  try {
    const { Contents = [] } = await callAws(run, "list the state bucket", call);
    return Contents.map(({ Key = "" }) => Key);
  } catch (error) {
    // An interrupted destroy may already have removed it.
    if (error instanceof UserError && error.message.includes("NoSuchBucket")) return [];
    throw error;
  }
}
