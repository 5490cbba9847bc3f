import type { Variables } from "./aws-environment";

/** Requests to servers that speak HTTP, and are not in the AWS SDK. */
export interface Http {
  /** Sends a request and reads the whole answer, whatever its status; follows no redirect. Rejects without an answer. */
  send(request: HttpRequest): Promise<HttpAnswer>;
}

/** One request. */
export interface HttpRequest {
  readonly method: "GET" | "HEAD" | "POST" | "PUT";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Read while it is sent: what it throws ends the request. */
  readonly body?: { readonly length: number; readonly chunks: Iterable<Buffer> };
  /** Proxies and trusted authorities are found in here, as for AWS. */
  readonly environment: Variables;
}

/** The answer to a request, with headers in lower case. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}
