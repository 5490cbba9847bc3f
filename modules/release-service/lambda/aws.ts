import type { TokenHashes } from "./callers";
import { presignedUrl, type Signer, signedHeaders } from "./signature";

/** Where everything is; the variables of the function's environment. */
export interface ProxyEnvironment {
  readonly region: string;
  readonly dnsSuffix: string;
  readonly bucket: string;
  readonly filePrefix: string;
  readonly tokensSecret: string;
}

/** What the proxy needs from the world, so that tests can be the world. */
export interface World {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly now: () => Date;
  /** Lambda renews what it puts into the environment, so it is read each time. */
  readonly credentials: () => Pick<Signer, "accessKeyId" | "secretAccessKey" | "sessionToken">;
}

/** Seconds in which a client must begin to fetch a file. */
const linkSeconds = 300;
const timeoutMilliseconds = 10_000;
const minute = 60_000;

/** The three things that the proxy asks AWS for, each remembered as long as it is good. */
export class Aws {
  private registry: { readonly token: string; readonly goodUntil: number } | undefined;
  private tokens: { readonly hashes: TokenHashes; readonly goodUntil: number } | undefined;

  constructor(
    private readonly environment: ProxyEnvironment,
    private readonly world: World,
  ) {}

  /** An address that fetches one file, for a few minutes and without a token. */
  fileUrl(method: string, key: string): string {
    const { bucket, region, dnsSuffix, filePrefix } = this.environment;
    const host = `${bucket}.s3.${region}.${dnsSuffix}`;
    return presignedUrl(
      this.signer(),
      { method, host, path: `/${filePrefix}${key}`, service: "s3" },
      linkSeconds,
    );
  }

  /** What ECR accepts as basic authentication; good for twelve hours, renewed well before. */
  async registryToken(): Promise<string> {
    const now = this.world.now().getTime();
    if (this.registry === undefined || this.registry.goodUntil <= now) {
      const host = `api.ecr.${this.environment.region}.${this.environment.dnsSuffix}`;
      const answer = await this.call({ service: "ecr", host, target: getAuthorizationToken, body: {} });
      if (!answer.ok) throw new Error(`ECR gives no token: ${answer.status} ${await answer.text()}`);
      // The service's own format: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html
      const found = (await answer.json()) as { authorizationData: [{ authorizationToken: string }] };
      const token = found.authorizationData[0].authorizationToken;
      this.registry = { token, goodUntil: now + 6 * 60 * minute };
    }
    return this.registry.token;
  }

  /** Hashes of the tokens that are accepted; a token that was withdrawn is refused five minutes later. */
  async tokenHashes(): Promise<TokenHashes> {
    const now = this.world.now().getTime();
    if (this.tokens === undefined || this.tokens.goodUntil <= now) {
      this.tokens = { hashes: await this.readHashes(), goodUntil: now + 5 * minute };
    }
    return this.tokens.hashes;
  }

  private async readHashes(): Promise<TokenHashes> {
    const host = `secretsmanager.${this.environment.region}.${this.environment.dnsSuffix}`;
    const body = { SecretId: this.environment.tokensSecret };
    const answer = await this.call({ service: "secretsmanager", host, target: getSecretValue, body });
    const text = await answer.text();
    // Nobody has stored a token yet.
    if (text.includes("ResourceNotFoundException")) return {};
    if (!answer.ok) throw new Error(`Secrets Manager gives no tokens: ${answer.status}`);
    const { SecretString } = JSON.parse(text) as { SecretString: string };
    const hashes: unknown = JSON.parse(SecretString);
    if (typeof hashes !== "object" || hashes === null)
      throw new Error("The secret with the tokens is no map");
    return Object.fromEntries(
      Object.entries(hashes).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    );
  }

  private call(request: {
    readonly service: string;
    readonly host: string;
    readonly target: string;
    readonly body: object;
  }): Promise<Response> {
    const { service, host } = request;
    const body = JSON.stringify(request.body);
    const headers = signedHeaders(this.signer(), {
      method: "POST",
      host,
      path: "/",
      service,
      headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": request.target },
      body,
    });
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    return this.world.fetch(`https://${host}/`, { method: "POST", headers, body, signal });
  }

  private signer(): Signer {
    return { ...this.world.credentials(), region: this.environment.region, now: this.world.now() };
  }
}

const getAuthorizationToken = "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken";
const getSecretValue = "secretsmanager.GetSecretValue";
