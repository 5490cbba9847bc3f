import type { AwsCall } from "../../../lib/layer/aws-call";
import type { Asked } from "../../../lib/layer/question";
import type { Run } from "../run/run";
import type { AwsRequest } from "../world/index";
import { awsCommand, cliFault } from "./cli";
import { awsFailure } from "./failure";
import { type Fault, faultOf } from "./fault";

/** How AWS took a call. */
export type Reply<Output> =
  { readonly kind: "answered"; readonly output: Output } | { readonly kind: "fault"; readonly fault: Fault };

/** How long the CLI may take: it gives up by itself, and is ended when even that takes too long. */
const cliLimits = {
  work: { connect: "10", read: "60", timeoutSeconds: 300, attempts: "3" },
  question: { connect: "5", read: "10", timeoutSeconds: 20, attempts: "1" },
  look: { connect: "2", read: "4", timeoutSeconds: 6, attempts: "1" },
} as const;

/** Calls the AWS API with the operator's own credentials; throws `UserError` when it does not `doing`. */
export async function callAws<Output>(run: Run, doing: string, call: AwsCall<Output>): Promise<Output> {
  const reply = await tryAws(run, call);
  if (reply.kind === "answered") return reply.output;
  throw awsFailure(run, doing, reply.fault);
}

/** Calls the AWS API in the same way, and takes every answer. */
export function tryAws<Output>(
  run: Run,
  call: AwsCall<Output>,
  patience: AwsRequest["patience"] = "work",
): Promise<Reply<Output>> {
  return send(run, call, patience);
}

/** Puts a question that holds nothing up for more than some seconds, unless it is `work`, and takes every answer. */
export async function askAws(
  run: Run,
  asked: Asked,
  patience: keyof typeof cliLimits = "question",
): Promise<Reply<unknown>> {
  if ("call" in asked) return send(run, asked.call, patience);
  const { connect, read, timeoutSeconds, attempts } = cliLimits[patience];
  const times = ["--cli-connect-timeout", connect, "--cli-read-timeout", read];
  const command = awsCommand(run, [...asked.arguments, ...times]);
  const finished = await run.world.processes.run({
    ...command,
    environment: { ...command.environment, AWS_MAX_ATTEMPTS: attempts },
    timeoutSeconds,
  });
  const fault = cliFault(finished);
  if (fault !== undefined) return { kind: "fault", fault };
  return { kind: "answered", output: parsed(finished.stdout.trim()) };
}

function parsed(output: string): unknown {
  try {
    return JSON.parse(output === "" ? "{}" : output) as unknown;
  } catch {
    throw new Error("the output of the AWS CLI is not JSON");
  }
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
