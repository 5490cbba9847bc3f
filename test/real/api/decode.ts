import { cbor } from "@smithy/core/cbor";
import { JsonReader } from "./decode-json";
import { QueryReader } from "./decode-query";
import { RestReader } from "./decode-rest";
import type { Model, Models } from "./model";
import { type Decoded, Misfits, type RawRequest } from "./request";
import { Routes } from "./routes";

/** Services whose folder in botocore is named otherwise than what requests to them are signed for. */
const folders: Readonly<Record<string, readonly string[]>> = {
  elasticfilesystem: ["efs"],
  elasticloadbalancing: ["elbv2", "elb"],
  monitoring: ["cloudwatch"],
  tagging: ["resourcegroupstaggingapi"],
};

/** Decodes requests by the models of their services. */
export class Decoder {
  private readonly routes = new Map<Model, Routes>();

  constructor(private readonly models: Models) {}

  /** Never throws: what cannot be decoded is a violation itself. */
  decode(request: RawRequest): Decoded {
    const signed = scopeOf(request);
    const misfits = new Misfits();
    const region = signed?.region ?? "";
    let found = { service: signed?.service ?? "", operation: "", params: {} };
    try {
      if (signed === undefined) throw new Error("it is not signed");
      const candidates = this.candidates(signed.service, request);
      const named = this.operationOf(candidates, request);
      found = { ...found, ...named, params: {} };
      found = { ...found, params: this.params(named, request, misfits) };
    } catch (error) {
      const value = error instanceof Error ? error.message : String(error);
      misfits.violations.push({ member: "-", kind: "undecoded", value, rule: "a request of the model" });
    }
    return { ...found, region, violations: misfits.violations };
  }

  private candidates(signingName: string, { headers, target }: RawRequest): readonly Model[] {
    const isS3Control = headers["x-amz-account-id"] !== undefined && target.startsWith("/v20180820");
    const names =
      signingName === "s3" && isS3Control ? ["s3control"] : (folders[signingName] ?? [signingName]);
    const models = names.map((name) => this.models.of(name)).filter((model) => model !== undefined);
    if (models.length === 0) throw new Error(`no model for "${signingName}"`);
    return models;
  }

  private operationOf(models: readonly Model[], request: RawRequest): Named {
    const protocol = protocolOf(request);
    const [first] = models;
    if (first === undefined) throw new Error("no model");
    if (protocol === "rest")
      return { protocol, model: first, service: first.service, ...this.route(first, request) };
    const { model = first, operation } = nameOf[protocol](models, request);
    if (!(operation in model.operations)) throw new Error(`unknown operation ${operation}`);
    return { protocol, model, service: model.service, operation };
  }

  private route(model: Model, { method, target, headers }: RawRequest) {
    const routes = this.routes.get(model) ?? new Routes(model);
    this.routes.set(model, routes);
    const { path, query } = parts(target);
    const route = routes.find({ method, path, query, hasHeader: (name) => headers[name] !== undefined });
    if (route === undefined) throw new Error(`no operation has the address ${method} ${target}`);
    return { operation: route.operation, route };
  }

  private params(named: Named, request: RawRequest, misfits: Misfits): Record<string, unknown> {
    const { model, operation, protocol, route } = named;
    const reference = model.operations[operation]?.input;
    const input = reference && model.shapeOf(reference);
    if (protocol === "query") {
      const form = [...formOf(request)].filter(([name]) => name !== "Action" && name !== "Version");
      return new QueryReader(model, misfits).read(input, form);
    }
    if (input === undefined) return {};
    if (route !== undefined)
      return new RestReader(model, misfits).read(input, {
        request,
        query: parts(request.target).query,
        route,
      });
    const data: unknown =
      protocol === "cbor" ? fromCbor(request.body) : JSON.parse(request.body.toString() || "{}");
    // A structure stays one.
    return new JsonReader(model, misfits).value(input, data, "") as Record<string, unknown>;
  }
}

type Protocol = "query" | "json" | "cbor" | "rest";

interface Named {
  readonly protocol: Protocol;
  readonly model: Model;
  readonly service: string;
  readonly operation: string;
  readonly route?: ReturnType<Routes["find"]>;
}

function protocolOf({ headers, target, body }: RawRequest): Protocol {
  if (headers["smithy-protocol"] === "rpc-v2-cbor") return "cbor";
  if (headers["x-amz-target"] !== undefined) return "json";
  const isForm = (headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
  if (isForm && body.includes("Action=")) return "query";
  return parts(target).query.has("Action") ? "query" : "rest";
}

/** How each protocol names the service and the operation. */
const nameOf: Readonly<
  Record<
    Exclude<Protocol, "rest">,
    (
      models: readonly Model[],
      request: RawRequest,
    ) => { readonly model?: Model | undefined; readonly operation: string }
  >
> = {
  query(models, request) {
    const form = formOf(request);
    const model = models.find(({ version }) => version === form.get("Version"));
    return { model, operation: form.get("Action") ?? "" };
  },
  json(models, { headers }) {
    const [, prefix = "", operation = ""] = /^(.*)\.([^.]*)$/.exec(String(headers["x-amz-target"])) ?? [];
    const last = (name = "") => name.replace(/^.*\./, "");
    // SDKs write CloudTrail's with the namespace of Java.
    const model = models.find(({ targetPrefix }) => last(targetPrefix) === last(prefix));
    if (model === undefined) throw new Error(`unknown target ${prefix}`);
    return { model, operation };
  },
  cbor(models, { target }) {
    const [, operation = ""] = /\/service\/[^/]+\/operation\/([^/?]+)/.exec(target) ?? [];
    return { model: models[0], operation };
  },
};

function fromCbor(body: Buffer): unknown {
  return body.length === 0 ? {} : cbor.deserialize(body);
}

function formOf({ target, body }: RawRequest): URLSearchParams {
  const inBody = new URLSearchParams(body.toString());
  return inBody.has("Action") ? inBody : parts(target).query;
}

function parts(target: string): { readonly path: string; readonly query: URLSearchParams } {
  const [path = "/", query = ""] = target.split(/\?(.*)/s);
  return { path, query: new URLSearchParams(query) };
}

/** Region and service that a request is signed for, in its header or its query. */
function scopeOf({
  headers,
  target,
}: RawRequest): { readonly region: string; readonly service: string } | undefined {
  const credential = headers.authorization ?? parts(target).query.get("X-Amz-Credential") ?? "";
  const [, region, service] =
    /(?:Credential=|^)[^/\s]*\/\d+\/([^/]*)\/([^/]*)\/aws4_request/.exec(credential) ?? [];
  return region === undefined || service === undefined ? undefined : { region, service };
}
