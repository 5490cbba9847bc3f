import { z } from "zod";
import { exitCodes, UserError } from "../../lib/errors";
import { outputsOf } from "./needs";
import { commandLine } from "./request";
import type { Run } from "./run";

const arn = z.string().startsWith("arn:");

/** What a restore needs to know of each layer, as the layers publish it. */
const shapes = {
  kms: z.object({ keyArns: z.object({ data: arn }) }),
  vpc: z.object({ privateSubnetIds: z.record(z.string(), z.string()) }),
  efs: z.object({ fileSystemId: z.string(), fileSystemArn: arn, securityGroupId: z.string() }),
  aurora: z.object({
    clusterIdentifier: z.string(),
    clusterArn: arn,
    securityGroupId: z.string(),
    subnetGroupName: z.string(),
  }),
  backup: z.object({ restoreRoleArn: arn }),
};

type Shapes = typeof shapes;

/** What a layer published; throws when it is not applied. */
export async function factsOf<Name extends keyof Shapes>(
  run: Run,
  name: Name,
): Promise<z.output<Shapes[Name]>> {
  const layer = run.layers.find((known) => known.name === name);
  const outputs = layer === undefined ? {} : await outputsOf(run, layer);
  const parsed = shapes[name].safeParse(outputs);
  // safeParse forgets which of the shapes it was.
  if (parsed.success) return parsed.data as z.output<Shapes[Name]>;
  const apply = { command: "apply", only: [name], recoveryPoint: undefined } as const;
  throw new UserError(
    `Cannot restore: "${name}" is not applied, or was by an earlier version`,
    `Run: ${commandLine(run.request, apply)}`,
    exitCodes.preflightFailed,
  );
}
