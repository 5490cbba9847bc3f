import type { AwsCall } from "../../../lib/layer/aws-call";
import type { Run } from "../run/run";
import { awsFailure } from "./failure";
import { type Fault, faultOf } from "./fault";
import type { AwsRequest } from "../world/index";

/** How AWS took a call. */
export type Reply<Output> =
  | { readonly kind: "answered"; readonly output: Output }
  | { readonly kind: "fault"; readonly fault: Fault };

/** Calls the AWS API with the operator's own credentials; throws `UserError` when it does not `doing`. */
export async function callAws<Output>(run: Run, doing: string, call: AwsCall<Output>): Promise<Output> {
  const reply = await send(run, call, "work");
  if (reply.kind === "answered") return reply.output;
  throw awsFailure(run, doing, reply.fault);
}

/** Puts a question that holds nothing up for more than some seconds, and takes every answer. */
export function askAws<Output>(run: Run, call: AwsCall<Output>): Promise<Reply<Output>> {
  return send(run, call, "question");
}

async function send<Output>(
  { world, loaded, environment, request }: Run,
  call: AwsCall<Output>,
  patience: AwsRequest["patience"],
): Promise<Reply<Output>> {
  if (request.rehearse) throw new Error(`A rehearsal must not call AWS: ${call.service} ${call.operation}`);
  const { region } = loaded.environment;
  try {
    // The type that lib/layer/aws-operations.ts declares for it.
    const output = (await world.aws.send(call, { region, environment, patience })) as Output;
    return { kind: "answered", output };
  } catch (error) {
    const fault = faultOf(error);
    if (fault === undefined) throw error;
    return { kind: "fault", fault };
  }
}
