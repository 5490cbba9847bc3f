import { leastUnreservedExecutions } from "../../lib/aws-facts/lambda-concurrency";
import { awsCall, sent } from "../../lib/layer/aws-call";
import type { Environment } from "../../lib/layer/environment-schema";
import { physicalName } from "../../lib/layer/names";
import { type Check, check, type Hindrance, type Preflight, preflight } from "../../lib/layer/preflight";
import { proxyName } from "./proxy/proxy";
import type { Settings } from "./settings";

/** The concurrent executions of an account in one region. */
interface Executions {
  readonly region: string;
  readonly limit: number;
  readonly unreserved: number;
}

/** Lambda refuses a reservation that leaves too little for the functions without one. */
export function concurrencyChecks(
  { name, region }: Environment,
  { reservedConcurrency }: Pick<Settings, "reservedConcurrency">,
): readonly Preflight[] {
  if (reservedConcurrency === "none") return [];
  return [
    preflight({
      about: "concurrent executions for the release service's proxy",
      call: awsCall("lambda", "GetAccountSettings", {}),
      actions: ["lambda:GetAccountSettings", "lambda:GetFunctionConcurrency"],
      verdict: ({ AccountLimit }) => {
        const executions: Executions = {
          region,
          limit: sent(AccountLimit?.ConcurrentExecutions, "ConcurrentExecutions"),
          unreserved: sent(AccountLimit?.UnreservedConcurrentExecutions, "UnreservedConcurrentExecutions"),
        };
        if (reservable(executions) >= reservedConcurrency) return undefined;
        return withoutOwn(physicalName(name, "lambdaFunction", proxyName), reservedConcurrency, executions);
      },
    }),
  ];
}

/** What the proxy has reserved already is not unreserved, but available to it. */
function withoutOwn(functionName: string, wanted: number, executions: Executions): Check {
  return check({
    call: awsCall("lambda", "GetFunctionConcurrency", { FunctionName: functionName }),
    verdict: ({ ReservedConcurrentExecutions: own = 0 }) => {
      const all = { ...executions, unreserved: executions.unreserved + own };
      return wanted <= Math.max(own, reservable(all)) ? undefined : tooMany(wanted, all);
    },
    verdictOnRefusal: ({ code }) =>
      code === "ResourceNotFoundException" ? tooMany(wanted, executions) : undefined,
  });
}

function reservable({ unreserved }: Executions): number {
  return Math.max(0, unreserved - leastUnreservedExecutions);
}

function tooMany(wanted: number, executions: Executions): Hindrance {
  const { region, limit, unreserved } = executions;
  const most = reservable(executions);
  const setting = "layers.release-service.reservedConcurrency";
  const choice = most === 0 ? '"none"' : `at most ${most} or to "none"`;
  const quota = limit + wanted - (unreserved - leastUnreservedExecutions);
  return {
    reason: `${setting} is ${wanted}, but ${unreserved} of the account's ${limit} concurrent executions in ${region} are unreserved, and Lambda lets ${most === 0 ? "none" : `only ${most}`} of them be reserved, because ${leastUnreservedExecutions} must stay unreserved`,
    cure: `Set ${setting} to ${choice} in the environment file, or request a quota of at least ${quota} for "Concurrent executions" (lambda L-B99A9384)`,
  };
}
