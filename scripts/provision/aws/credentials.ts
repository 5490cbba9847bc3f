import { awsCall, sent } from "../../../lib/layer/aws-call";
import type { Hindrance } from "../../../lib/layer/preflight";
import { timed } from "../../../lib/layer/timed";
import type { Run } from "../run/run";
import type { AwsRequest } from "../world/index";
import { tryAws } from "./client";
import { cureOf } from "./failure";
import { type Fault, faultText } from "./fault";
import { noResultText } from "./no-result";
import { readProfiles } from "./profiles";
import { noCredentials, refusedCredentials } from "./refused-credentials";
import { credentialSource } from "./credential-source";
import { otherProfileCure, type SignIn, signInCure } from "./sign-in";

/** What the check of the credentials found: why a run must not start, or why it could not find out. */
export interface CredentialsCheck {
  readonly hindrances: readonly Hindrance[];
  readonly unknown: readonly string[];
  /** The ARN of the caller, if AWS was asked. */
  readonly caller?: string;
  /** By how much the clock of this machine is ahead of that of AWS; unset if AWS did not say what time it is. */
  readonly clockAheadSeconds?: number;
}

/** The metadata service of an instance answers within milliseconds: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html */
const metadata = { host: "169.254.169.254", port: 80, seconds: 0.25 };

/** Where credentials come from in this run, and which profiles there are besides. */
export function signInOf({
  world,
  loaded,
  environment,
}: Pick<Run, "world" | "loaded" | "environment">): SignIn {
  const profiles = readProfiles(world.files, environment);
  const { account, name } = loaded.environment;
  return { source: credentialSource(environment, profiles), profiles, account, environment: name };
}

/**
 * Checks that there are credentials, that AWS accepts them, and that they are for the account of the environment file. The
 * AWS provider of every layer refuses another account, but only layer by layer, and after questions have been asked of it.
 */
export async function checkCredentials(
  run: Run,
  patience: AwsRequest["patience"] = "first question",
): Promise<CredentialsCheck> {
  const signIn = signInOf(run);
  const hindrance = (await withoutAws(run, signIn)) ?? (await withAws(run, signIn, patience));
  return "reason" in hindrance ? { hindrances: [hindrance], unknown: [] } : hindrance;
}

/** Checks, without a request to AWS, that something can provide credentials. */
export async function findCredentials(run: Run): Promise<CredentialsCheck> {
  const hindrance = await withoutAws(run, signInOf(run));
  return { hindrances: hindrance === undefined ? [] : [hindrance], unknown: [] };
}

/** What is certain without a request to AWS. */
async function withoutAws(run: Run, signIn: SignIn): Promise<Hindrance | undefined> {
  const { source, profiles } = signIn;
  switch (source.kind) {
    case "no profile": {
      const own = `profile "${source.profile}"`;
      const name = source.name.startsWith(own)
        ? source.name
        : `${own}, the source_profile of ${source.name},`;
      const lack = profiles.has(source.profile) ? "has no credentials" : "does not exist";
      return { reason: `${name} ${lack}`, cure: signInCure(signIn) };
    }
    // https://github.com/hashicorp/terraform-provider-aws/issues/45316
    case "login":
      return {
        reason: `${source.name} signs in with aws login, which Terraform's AWS provider does not support`,
        cure: signInCure(signIn),
      };
    case "none":
      return (await hasInstanceRole(run)) ? undefined : noCredentials(signIn);
    default:
      return undefined;
  }
}

/** The SDK would wait for two seconds where nothing answers. */
async function hasInstanceRole({ world, environment }: Run): Promise<boolean> {
  const disabled = environment["AWS_EC2_METADATA_DISABLED"] ?? "false";
  if (disabled !== "" && disabled.toLowerCase() !== "false") return false;
  const elsewhere = ["AWS_EC2_METADATA_SERVICE_ENDPOINT", "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"];
  return elsewhere.some((name) => name in environment) || world.network.connects(metadata);
}

// Everybody may ask who they are: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
async function withAws(
  run: Run,
  signIn: SignIn,
  patience: AwsRequest["patience"],
): Promise<Hindrance | CredentialsCheck> {
  try {
    const reply = await tryAws(run, timed(awsCall("sts", "GetCallerIdentity", {})), patience);
    if (reply.kind === "fault") return onFault(run, signIn, reply.fault);
    const { Account, Arn = "", AnsweredAt } = reply.output;
    if (sent(Account, "Account") !== signIn.account)
      return otherAccount(run, signIn, `account "${Account ?? ""}" (${Arn})`);
    return { hindrances: [], unknown: [], caller: Arn, ...clockAhead(run, AnsweredAt) };
  } catch (error) {
    // Nor does an answer of an unknown shape say anything about the account.
    return { hindrances: [], unknown: [unknownText(noResultText(error))] };
  }
}

function clockAhead({ world }: Run, answered: Date | undefined): Pick<CredentialsCheck, "clockAheadSeconds"> {
  if (answered === undefined) return {};
  return { clockAheadSeconds: Math.round((world.clock.now().getTime() - answered.getTime()) / 1000) };
}

function otherAccount({ file }: Run, signIn: SignIn, found: string): Hindrance {
  const { source, account } = signIn;
  return {
    reason: `${source.name} ${source.kind === "variables" ? "are" : "is"} for ${found}, but the environment is in account "${account}"`,
    cure: `${otherProfileCure(signIn)}; or correct "account" in ${file}`,
  };
}

/** Keys that are at hand are not waited for: then it is AWS that says nothing. */
const isFetched = ({ source }: SignIn) => source.kind !== "variables" && source.kind !== "keys";

/** The requests themselves end sooner. */
function noneInTime(signIn: SignIn, { message }: Fault): Hindrance {
  return {
    reason: `${signIn.source.name} did not provide credentials, ${message}`,
    cure: signInCure(signIn),
  };
}

/** Terraform does not go on without an answer of STS either. */
function onFault(run: Run, signIn: SignIn, fault: Fault): Hindrance | CredentialsCheck {
  switch (fault.kind) {
    case "credentials":
      return refusedCredentials(run, signIn, fault);
    case "timeout":
      return isFetched(signIn) && fault.message.startsWith("no answer within")
        ? noneInTime(signIn, fault)
        : { reason: faultText(fault), cure: cureOf(run, fault) };
    case "clock":
    case "unreachable":
    case "not AWS":
      return { reason: faultText(fault), cure: cureOf(run, fault) };
    // Whatever else is refused, e.g. by the policy of a VPC endpoint, says nothing of the credentials.
    default:
      return { hindrances: [], unknown: [unknownText(faultText(fault))] };
  }
}

const unknownText = (because: string) => `Not checked: the account of the credentials; ${because}`;
