import type { IncomingMessage, ServerResponse } from "node:http";
import type {
  LoadBalancerEvent,
  LoadBalancerResponse,
} from "../../../modules/release-service/lambda/load-balancer";
import type { Block } from "../../synth";

type Handler = (event: LoadBalancerEvent) => Promise<LoadBalancerResponse>;
type Values = Readonly<Record<string, readonly string[]>>;

/**
 * Invokes a Lambda function as a load balancer does, with the attributes of this target group:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export async function invoke(
  { handler, targetGroup }: { readonly handler: Handler; readonly targetGroup: Block },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path = "/", query = ""] = (request.url ?? "").split("?");
  const headers = multiple(pairs(request.rawHeaders), (name) => name.toLowerCase());
  const parameters = multiple(query === "" ? [] : query.split("&").map(parameter));
  const isMultiple = targetGroup["lambda_multi_value_headers_enabled"] === true;
  const event = isMultiple
    ? { multiValueHeaders: headers, multiValueQueryStringParameters: parameters }
    : { headers: last(headers), queryStringParameters: last(parameters) };
  const result = await handler({ httpMethod: request.method ?? "GET", path, ...event });
  // Without the attribute, the load balancer takes `headers` and ignores `multiValueHeaders`.
  const sent = isMultiple ? result.multiValueHeaders : {};
  const body = request.method === "HEAD" ? undefined : result.body;
  const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
  response.writeHead(result.statusCode, { ...mutable(sent), ...length });
  response.end(body);
}

function pairs(raw: readonly string[]): readonly (readonly [string, string])[] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ""] as const] : []));
}

function parameter(text: string): readonly [string, string] {
  const [name = "", ...value] = text.split("=");
  return [name, value.join("=")];
}

function multiple(
  all: readonly (readonly [string, string])[],
  keyOf: (name: string) => string = (name) => name,
): Values {
  const values = new Map<string, string[]>();
  for (const [name, value] of all) values.set(keyOf(name), [...(values.get(keyOf(name)) ?? []), value]);
  return Object.fromEntries(values);
}

function last(values: Values): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, all]) => [name, all.at(-1) ?? ""]));
}

function mutable(values: Values): Record<string, string[]> {
  return Object.fromEntries(Object.entries(values).map(([name, all]) => [name, [...all]]));
}
