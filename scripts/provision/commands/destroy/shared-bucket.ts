import { exitCodes, UserError } from "../../../../lib/errors";
import { allPages, awsCall } from "../../../../lib/layer/aws-call";
import { callAws } from "../../aws/client";
import { bootstrapLayer, type Run } from "../../run/run";

/** Throws while the state bucket that is about to be destroyed holds an object of another environment or program. */
export async function assertBucketUnshared(run: Run): Promise<void> {
  const maker = bootstrapLayer(run);
  if (maker === undefined || !run.selected.includes(maker) || run.request.rehearse) return;
  const { bucket } = run.loaded.environment.state;
  const [other, ...more] = (await keysIn(run, bucket)).filter((key) => !isOwn(run, key));
  if (other === undefined) return;
  const rest = more.length === 0 ? "" : ` and ${more.length} more`;
  throw new UserError(
    `Cannot destroy "${maker.name}": the bucket "${bucket}" also holds "${other}"${rest}, which would be lost`,
    `Destroy what keeps its state there first; a bucket that others use needs state.existing: true in ${run.request.env}`,
    exitCodes.preflightFailed,
  );
}

/** State of this environment, or its lock, in any layer. */
function isOwn({ loaded }: Run, key: string): boolean {
  const { region, name } = loaded.environment;
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
    // A destroy that was cut off has removed it already.
    if (error instanceof UserError && error.message.includes("NoSuchBucket")) return [];
    throw error;
  }
}
