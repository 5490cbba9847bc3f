import type { TokenHashes } from "./callers";
import { presignedUrl, type Signer, signedHeaders } from "./signature";

/** Configuration from the function's environment variables. */
export interface ProxyEnvironment {
  readonly region: string;
  readonly dnsSuffix: string;
  readonly bucket: string;
  readonly filePrefix: string;
  readonly tokensSecret: string;
}

/** Side effects of the proxy, which tests replace. */
export interface World {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly now: () => Date;
  /** Read for each request, because Lambda rotates the credentials in the environment. */
  readonly credentials: () => Pick<Signer, "accessKeyId" | "secretAccessKey" | "sessionToken">;
}

/** Validity of a presigned URL in seconds. */
const linkSeconds = 300;
const timeoutMilliseconds = 10_000;
const minute = 60_000;

/** The AWS calls of the proxy, with cached tokens. */
export class Aws {
  private registry: { readonly token: string; readonly validUntil: number } | undefined;
  private tokens: { readonly hashes: TokenHashes; readonly validUntil: number } | undefined;

  constructor(
    private readonly environment: ProxyEnvironment,
    private readonly world: World,
  ) {}

  /** A presigned URL of one file, valid for a few minutes. */
  fileUrl(method: string, key: string): string {
    const { bucket, region, dnsSuffix, filePrefix } = this.environment;
    const host = `${bucket}.s3.${region}.${dnsSuffix}`;
    return presignedUrl(
      this.signer(),
      { method, host, path: `/${filePrefix}${key}`, service: "s3" },
      linkSeconds,
    );
  }

  /** A token for basic authentication at ECR; valid for twelve hours, renewed after six. */
  async registryToken(): Promise<string> {
    const now = this.world.now().getTime();
    if (this.registry === undefined || this.registry.validUntil <= now) {
      const host = `api.ecr.${this.environment.region}.${this.environment.dnsSuffix}`;
      const answer = await this.call({ service: "ecr", host, target: getAuthorizationToken, body: {} });
      if (!answer.ok) throw new Error(`ECR returned no token: ${answer.status} ${await answer.text()}`);
      // Response format: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html
      const found = (await answer.json()) as { authorizationData: [{ authorizationToken: string }] };
      const token = found.authorizationData[0].authorizationToken;
      this.registry = { token, validUntil: now + 6 * 60 * minute };
    }
    return this.registry.token;
  }

  /** Discards the cached token, e.g. after ECR has rejected it. */
  forgetRegistryToken(): void {
    this.registry = undefined;
  }

  /** Hashes of the accepted tokens; a removed token is rejected after five minutes. */
  async tokenHashes(): Promise<TokenHashes> {
    const now = this.world.now().getTime();
    if (this.tokens === undefined || this.tokens.validUntil <= now) {
      this.tokens = { hashes: await this.readHashes(), validUntil: now + 5 * minute };
    }
    return this.tokens.hashes;
  }

  private async readHashes(): Promise<TokenHashes> {
    const host = `secretsmanager.${this.environment.region}.${this.environment.dnsSuffix}`;
    const body = { SecretId: this.environment.tokensSecret };
    const answer = await this.call({ service: "secretsmanager", host, target: getSecretValue, body });
    const text = await answer.text();
    // No token has been stored yet.
    if (text.includes("ResourceNotFoundException")) return {};
    if (!answer.ok) throw new Error(`Secrets Manager returned no tokens: ${answer.status}`);
    const { SecretString } = JSON.parse(text) as { SecretString: string };
    const hashes: unknown = JSON.parse(SecretString);
    if (typeof hashes !== "object" || hashes === null)
      throw new Error("The secret with the tokens is not a JSON object");
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
