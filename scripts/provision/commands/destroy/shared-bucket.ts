import { z } from "zod";
import { exitCodes, UserError } from "../../../../lib/errors";
import { AwsCli } from "../../aws/cli";
import { bootstrapLayer, type Run } from "../../run/run";

const listing = z.object({ Contents: z.array(z.object({ Key: z.string() })).default([]) });

/** Throws while the state bucket that is about to be destroyed holds something of anybody else's. */
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
  const words = ["s3api", "list-objects-v2", "--bucket", bucket];
  try {
    const { Contents } = await new AwsCli(run).ask("look into the state bucket", words, listing);
    return Contents.map(({ Key }) => Key);
  } catch (error) {
    // A destroy that was cut off has removed it already.
    if (error instanceof UserError && error.message.includes("NoSuchBucket")) return [];
    throw error;
  }
}
