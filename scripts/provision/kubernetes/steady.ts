import { exitCodes, UserError } from "../../../lib/errors";
import { commandLine } from "../command-line/request";
import type { Run } from "../run/run";
import { KubernetesError } from "../world/index";

/** Requests of a loop that outlasts a restart of the API server and a tunnel that breaks: the next round tries again. */
export class SteadyRequests {
  private isLost = false;

  constructor(private readonly run: Run) {}

  /** Undefined when nothing answered. Throws for what another try would meet again. */
  async try<Result>(doing: string, act: () => Promise<Result>): Promise<Result | undefined> {
    try {
      const result = await act();
      if (this.isLost) this.run.events.note("The Kubernetes API answers again");
      this.isLost = false;
      return result;
    } catch (error) {
      if (!(error instanceof KubernetesError)) throw error;
      if (!isPassing(error)) throw refusal(this.run, doing, error);
      if (!this.isLost)
        this.run.events.note(`The Kubernetes API does not answer, trying again: ${error.message}`, "warning");
      this.isLost = true;
      return undefined;
    }
  }
}

/** What a missing object, or a missing kind, is replaced by. */
export async function ifMissing<Result, Other>(
  request: Promise<Result>,
  other: Other,
): Promise<Result | Other> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof KubernetesError && error.status === 404) return other;
    throw error;
  }
}

/** Whether another try may succeed: no answer, a conflict with somebody else's change, too many requests, or a failing server. */
export function isPassing({ status }: KubernetesError): boolean {
  return status === undefined || status === 409 || status === 429 || status >= 500;
}

function refusal(run: Run, doing: string, { status, message }: KubernetesError): UserError {
  const isDenied = status === 401 || status === 403;
  return new UserError(
    `Cannot ${doing}: the Kubernetes API says "${message}"`,
    isDenied
      ? `Use a role of access.adminRoleArns, e.g. with AWS_PROFILE, or correct what refuses the request, e.g. a webhook that the message names; then run: ${commandLine(run.request)}`
      : `Correct what it reports, then run: ${commandLine(run.request)}`,
    isDenied ? exitCodes.preflightFailed : exitCodes.failed,
  );
}
