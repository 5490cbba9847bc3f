import { mustBeEnabled } from "../../../../lib/aws-facts/default-regions";
import { zoneFault } from "../../../../lib/aws-facts/zone-fault";
import { allPages, type AwsCall, awsCall } from "../../../../lib/layer/aws-call";
import { type Fault, faultOf, faultText } from "../../aws/fault";
import type { Screen } from "../../screen/screen";
import { realEnvironment } from "../../terraform/environment";
import type { World } from "../../world/index";

/** Whose credentials these are. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
}

/** What init asks of AWS, and the permission that each question needs; without it, an answer must be typed. */
export const offerCalls = {
  /** Everybody may ask who they are: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
  caller: { call: awsCall("sts", "GetCallerIdentity", {}), action: "" },
  zones: {
    call: awsCall("ec2", "DescribeAvailabilityZones", {}),
    action: "ec2:DescribeAvailabilityZones",
  },
  hostedZones: {
    call: allPages(awsCall("route-53", "ListHostedZones", {}), "HostedZones"),
    action: "route53:ListHostedZones",
  },
} as const;

/** Where nobody says otherwise; STS answers there for every account of the partition aws. */
const usualRegion = "us-west-2";

/** What AWS can suggest with the caller's credentials, if there are any; no question takes more than some seconds. */
export class AwsOffers {
  private readonly environment;
  /** Nothing is asked, or not any more. */
  private unusable: boolean;
  private readonly known = new Map<string, Promise<unknown>>();

  constructor(
    private readonly world: Pick<World, "aws" | "environment">,
    private readonly screen: Pick<Screen, "working" | "print" | "ink">,
    private readonly given: {
      readonly account: string | undefined;
      readonly region: string | undefined;
      readonly asks: boolean;
    },
  ) {
    this.unusable = !given.asks;
    this.environment = realEnvironment(world.environment);
  }

  /** The region that the environment variables or the profile choose. */
  async region(): Promise<string> {
    return (await this.world.aws.region(this.environment)) ?? usualRegion;
  }

  async caller(): Promise<Caller | undefined> {
    const region = this.given.region ?? (await this.region());
    // Whose they are decides whether the zones are looked up.
    const about = `${this.given.account === undefined ? "account, " : ""}zones and hosted zones`;
    const answer = await this.ask(about, offerCalls.caller, region);
    const { Account, Arn } = answer ?? {};
    return Account === undefined || Arn === undefined ? undefined : { account: Account, arn: Arn };
  }

  /** Names of the zones of a region that the account can use, sorted. */
  async zones(region: string): Promise<readonly string[] | undefined> {
    const answer = await this.ask(`zones of ${region}`, offerCalls.zones, region);
    const usable = answer?.AvailabilityZones?.filter((zone) => zoneFault(zone) === undefined);
    return usable?.flatMap(({ ZoneName }) => ZoneName ?? []).toSorted();
  }

  /** Names of the account's public hosted zones, without the dot at their end, sorted. */
  async hostedZones(region: string): Promise<readonly string[] | undefined> {
    const answer = await this.ask("hosted zones", offerCalls.hostedZones, region);
    const zones = answer?.HostedZones?.filter(({ Config }) => Config?.PrivateZone !== true);
    return zones?.map(({ Name = "" }) => Name.replace(/\.$/, "")).toSorted();
  }

  /** Asks once; undefined, with a note, when there is no answer. */
  private async ask<Output>(
    about: string,
    { call, action }: { readonly call: AwsCall<Output>; readonly action: string },
    region: string,
  ): Promise<Output | undefined> {
    if (this.unusable) return undefined;
    const key = `${call.service} ${region}`;
    const sent = this.known.get(key) ?? this.send(about, { call, action }, region);
    this.known.set(key, sent);
    // The type that lib/layer/aws-operations.ts declares for this call.
    return (await sent) as Output | undefined;
  }

  private async send(
    about: string,
    { call, action }: { readonly call: AwsCall; readonly action: string },
    region: string,
  ): Promise<unknown> {
    const working = this.screen.working("asking AWS");
    try {
      const request = { region, environment: this.environment, patience: "suggestion" } as const;
      return await this.world.aws.send(call, request);
    } catch (error) {
      const fault = faultOf(error);
      if (fault === undefined) throw error;
      const reason = reasonOf(fault, { action, region });
      // Nothing else would be answered either.
      this.unusable = !["refused", "throttled"].includes(fault.kind) && !isDisabled(fault, region);
      working.stop();
      this.screen.print(`  ${this.screen.ink.yellow(`Not looked up: ${about}; ${reason}`)}`);
      return undefined;
    } finally {
      working.stop();
    }
  }
}

function reasonOf(
  fault: Fault,
  { action, region }: { readonly action: string; readonly region: string },
): string {
  if (isDisabled(fault, region)) return `${region} may not be enabled in this account, ${faultText(fault)}`;
  return `${faultText(fault)}${fault.kind === "refused" && action !== "" ? ` (it needs ${action})` : ""}`;
}

/** A region that is not enabled refuses valid credentials. */
function isDisabled({ kind }: Fault, region: string): boolean {
  return kind === "credentials" && mustBeEnabled(region);
}
