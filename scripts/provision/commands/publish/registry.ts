import { UserError } from "../../../../lib/errors";
import { awsCall, sent } from "../../../../lib/layer/aws-call";
import { callAws } from "../../aws/client";
import { signInOf } from "../../aws/credentials";
import { awsFailure } from "../../aws/failure";
import { otherProfileCure } from "../../aws/sign-in";
import { faultOf } from "../../aws/fault";
import { commandLine } from "../../command-line/request";
import { Interrupted } from "../../run/interrupts";
import { pause } from "../../run/pause";
import type { Run } from "../../run/run";
import type { HttpAnswer, HttpRequest } from "../../world/index";
import { answerFault, type Attempt, isTransient } from "./answers";

/** A request for a path below /v2/, or for a URL that the registry has named. */
type RegistryRequest = Omit<HttpRequest, "url" | "headers" | "environment"> & {
  readonly path: string;
  readonly headers?: HttpRequest["headers"];
};

/** With pauses of 1, 2, 4 and 8 seconds between them. */
const attempts = 5;

/** The run was interrupted; the same command goes on with it. */
export function interrupted({ request, loaded }: Run): Interrupted {
  return new Interrupted(loaded.environment.name, commandLine(request));
}

/** Requests to ECR as a registry: https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html#registry_auth_http */
export class Registry {
  private token: Promise<string> | undefined;

  constructor(
    private readonly run: Run,
    private readonly host: string,
  ) {}

  /** Sends a request until it is answered, and not by a fault of the server, within a few attempts. */
  async send(doing: string, request: RegistryRequest): Promise<HttpAnswer> {
    return this.insist(doing, () => this.attempt(doing, request));
  }

  /** Repeats attempts that failed for reasons that pass; what else fails is an answer, too. */
  async insist(doing: string, attempt: () => Promise<Attempt>): Promise<HttpAnswer> {
    for (let count = 1; ; count += 1) {
      const result = await attempt();
      const passing = isTransient(result);
      if (result.kind === "answer" && !passing) return result.answer;
      if (!passing || count === attempts) throw awsFailure(this.run, doing, answerFault(result));
      if (this.run.interrupts.draining) throw interrupted(this.run);
      await pause(this.run.world.clock, 2 ** (count - 1), () => this.run.interrupts.draining);
    }
  }

  /** Sends a request once; with a new token, if ECR takes the old one no more: it is valid for twelve hours. */
  async attempt(doing: string, request: RegistryRequest): Promise<Attempt> {
    const first = await this.once(doing, request);
    if (first.kind === "fault" || first.answer.status !== 401) return first;
    this.token = undefined;
    return this.once(doing, request);
  }

  private async once(doing: string, { path, headers = {}, ...rest }: RegistryRequest): Promise<Attempt> {
    const { world, environment } = this.run;
    const url = this.urlOf(doing, path);
    const authorization = `Basic ${await (this.token ??= this.newToken(doing))}`;
    try {
      const answer = await world.http.send({
        ...rest,
        url,
        environment,
        headers: { ...headers, authorization },
      });
      return { kind: "answer", answer };
    } catch (error) {
      const fault = faultOf(error);
      if (fault === undefined) throw error;
      return { kind: "fault", fault };
    }
  }

  /** The token goes to no other host, whatever the registry names. */
  private urlOf(doing: string, path: string): string {
    const base = `https://${this.host}`;
    const url = URL.canParse(path, base) ? new URL(path, base) : undefined;
    if (url?.origin === base) return url.href;
    throw new UserError(
      `Cannot ${doing}: ${this.host} refers to "${url?.origin ?? path}", which is not the registry`,
      "Check HTTPS_PROXY and the name server of this machine",
    );
  }

  private async newToken(doing: string): Promise<string> {
    const call = awsCall("ecr", "GetAuthorizationToken", {});
    const { authorizationData = [] } = await callAws(this.run, doing, call);
    const [data] = authorizationData;
    this.assertAccount(doing, data?.proxyEndpoint);
    return sent(data?.authorizationToken, "authorizationToken");
  }

  /** ECR names the registry of the account whose credentials these are. */
  private assertAccount(doing: string, endpoint = ""): void {
    const [, found] = /^https:\/\/(\d{12})\./.exec(endpoint) ?? [];
    const { account, name } = this.run.loaded.environment;
    if (found === undefined || found === account) return;
    throw new UserError(
      `Cannot ${doing}: the credentials are for account "${found}", but "${name}" is in account "${account}"`,
      otherProfileCure(signInOf(this.run)),
    );
  }
}
