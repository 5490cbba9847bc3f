import { type Answer, refusal, type Request } from "./message";

/**
 * A request event of a load balancer whose target group has multi-value headers; with single values, it keeps only the
 * last of repeated headers: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html#multi-value-headers
 */
export interface LoadBalancerEvent {
  readonly httpMethod: string;
  readonly path: string;
  /** As sent by the client, encoded. */
  readonly multiValueQueryStringParameters?: Readonly<Record<string, readonly string[]>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
}

/** The response to the load balancer, which ignores single-value headers. */
export interface LoadBalancerResponse {
  readonly statusCode: number;
  readonly isBase64Encoded: false;
  readonly multiValueHeaders: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
}

/** Translates between the load balancer's events and requests. */
export function behindLoadBalancer(
  answer: (request: Request) => Promise<Answer>,
): (event: LoadBalancerEvent) => Promise<LoadBalancerResponse> {
  return async (event) => {
    const { statusCode, headers, body } = withinLimit(
      await answer({
        httpMethod: event.httpMethod,
        path: event.path,
        query: queryOf(event),
        headers: headersOf(event),
      }),
    );
    const multiValueHeaders = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, [value]]),
    );
    return { statusCode, isBase64Encoded: false, multiValueHeaders, body };
  };
}

/** Bytes of a response as JSON: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html */
const mostBytes = 1_000_000;

/** Replaces a response that the load balancer would replace by an error without a reason. */
function withinLimit(response: Answer): Answer {
  if (Buffer.byteLength(JSON.stringify(response)) <= mostBytes) return response;
  return refusal(500, "The response exceeds 1 MB, the limit of a load balancer with a Lambda function");
}

function queryOf({ multiValueQueryStringParameters = {} }: LoadBalancerEvent): URLSearchParams {
  const pairs = Object.entries(multiValueQueryStringParameters).flatMap(([name, values]) =>
    values.map((value) => `${name}=${value}`),
  );
  return new URLSearchParams(pairs.join("&"));
}

/** Joins the values of a repeated header: https://www.rfc-editor.org/rfc/rfc9110#section-5.3 */
function headersOf({ multiValueHeaders = {} }: LoadBalancerEvent): Request["headers"] {
  return Object.fromEntries(
    Object.entries(multiValueHeaders).map(([name, values]) => [name.toLowerCase(), values.join(", ")]),
  );
}
