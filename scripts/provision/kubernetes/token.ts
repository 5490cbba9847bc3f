import { z } from "zod";
import { UserError } from "../../../lib/errors";
import { awsCommand, cliFault } from "../aws/cli";
import { awsFailure } from "../aws/failure";
import { commandLine } from "../command-line/request";
import { jsonOrUndefined } from "../run/json";
import type { Run } from "../run/run";

/** https://kubernetes.io/docs/reference/config-api/client-authentication.v1beta1/ */
const credential = z.object({
  status: z.object({ token: z.string().min(1), expirationTimestamp: z.iso.datetime() }),
});

/** A token that expires sooner is replaced. */
const marginSeconds = 60;

/**
 * Tokens for the API of a cluster, as Terraform's providers get them: the AWS CLI signs a request of STS with the operator's
 * own credentials, which takes no request to AWS. A token is valid for 14 minutes; then another one is signed.
 */
export function tokens(run: Run, cluster: string): () => Promise<string> {
  let token = "";
  let until = 0;
  return async () => {
    if (run.world.clock.now().getTime() >= until) {
      const { status } = await signed(run, cluster);
      token = status.token;
      until = new Date(status.expirationTimestamp).getTime() - marginSeconds * 1000;
    }
    return token;
  };
}

async function signed(run: Run, cluster: string): Promise<z.output<typeof credential>> {
  const words = ["eks", "get-token", "--cluster-name", cluster];
  const finished = await run.world.processes.run({ ...awsCommand(run, words), timeoutSeconds: 60 });
  const fault = cliFault(finished);
  if (fault !== undefined) throw awsFailure(run, `get a token for the cluster "${cluster}"`, fault);
  const parsed = credential.safeParse(jsonOrUndefined(finished.stdout));
  if (parsed.success) return parsed.data;
  throw new UserError(
    `Cannot get a token for the cluster "${cluster}": "aws eks get-token" printed no credential`,
    `Update the AWS CLI, then run: ${commandLine(run.request)}`,
  );
}
