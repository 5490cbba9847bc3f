import { exitCodes, UserError } from "../../../../lib/errors";
import { awsCall } from "../../../../lib/layer/aws-call";
import type { Delegation } from "../../../../lib/layer/delegation";
import type { AnyLayer } from "../../../../lib/layer/layer";
import { tryAws } from "../../aws/client";
import { retryLine, type Run } from "../../run/run";
import { appliedLayer } from "../../terraform/applied-layer";
import { outputsOf } from "../../terraform/needs";
import type { ApplyRun } from "./index";

/**
 * What a private zone answers, which is not what the internet does:
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/SOA-NSrecords.html
 */
const reserved = /^ns-(?:0|512|1024|1536)\.awsdns-00\./;

/**
 * Throws if the domain that a layer needs is not delegated before its first apply: certificates would be requested in vain, and resolvers remember for a
 * while that it does not exist. A lookup that gives nothing certain stops nothing.
 */
export async function assertDelegated(run: Run, layer: AnyLayer): Promise<void> {
  if (run.request.rehearse || layer.delegation === undefined) return;
  // Once it is applied, certificates are there, and nothing is looked up too early any more.
  if (Object.keys(await outputsOf(run, layer)).length > 0) return;
  const delegation = await layer.delegation(await appliedLayer(run, layer));
  if (delegation === undefined) return;
  const { domain } = delegation;
  const [wanted, found] = await Promise.all([
    nameServers(run, delegation),
    run.world.network.nameServers(domain),
  ]);
  if (wanted.length === 0 || found === undefined || found.some((name) => reserved.test(name))) {
    run.events.note(`Not checked: whether ${domain} is delegated to its public zone`, "quiet");
    return;
  }
  if (found.some((name) => wanted.includes(name))) return;
  if (isSkipped(run)) return;
  const answer =
    found.length === 0 ? "DNS has no name servers of it" : `its name servers are ${found.join(", ")}`;
  throw new UserError(
    `Cannot apply "${layer.name}": ${domain} is not delegated to its public zone, so that Let's Encrypt issues no certificate: ${answer}`,
    `At the registrar of ${domain}, or in the zone above it, set its name servers to ${wanted.join(", ")}; resolvers may remember the earlier answer for 15 minutes; then run: ${retryLine(run, layer)} (with --skip-rollout, it is applied anyway)`,
    exitCodes.preflightFailed,
  );
}

/** Who does not wait for the applications gets no certificate at once, and may see other name servers than the internet does. */
function isSkipped({ request }: Run<Partial<Pick<ApplyRun["request"], "skipRollout">>>): boolean {
  return request.skipRollout === true;
}

/** Those of the zone; none if AWS does not tell. */
async function nameServers(run: Run, { zoneId }: Delegation): Promise<readonly string[]> {
  const reply = await tryAws(run, awsCall("route-53", "GetHostedZone", { Id: zoneId }), "question");
  return reply.kind === "answered" ? (reply.output.DelegationSet?.NameServers ?? []).map(plain) : [];
}

const plain = (name: string) => name.toLowerCase().replace(/\.$/, "");
