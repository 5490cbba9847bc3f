import type { IncomingHttpHeaders } from "node:http";
import { JsonReader } from "./decode-json";
import { XmlReader } from "./decode-xml";
import type { Model, Shape } from "./model";
import type { Misfits, RawRequest } from "./request";
import type { Route } from "./routes";
import { readXml } from "./xml";

/** Where the parts of a request of a REST service come from. */
interface Source {
  readonly request: RawRequest;
  readonly query: URLSearchParams;
  readonly route: Route;
}

/** What SDKs add to a query for everything. */
const ofSdks = /^(x-id|X-Amz-.*)$/;

/** Reads the request of a service that speaks REST with JSON or XML. */
export class RestReader {
  private readonly json: JsonReader;
  private readonly xml: XmlReader | undefined;

  constructor(
    private readonly model: Model,
    private readonly misfits: Misfits,
  ) {
    this.json = new JsonReader(model, misfits);
    this.xml = model.speaks("rest-xml") ? new XmlReader(model, misfits) : undefined;
  }

  read(input: Shape, source: Source): Record<string, unknown> {
    const placed = this.model.membersOf(input).flatMap(([name, member]) => {
      const value = this.placed(name, member, source);
      return value === undefined ? [] : [[name, value] as const];
    });
    this.noteUnreadQuery(input, source);
    return { ...Object.fromEntries(placed), ...this.body(input, source.request.body) };
  }

  private placed(name: string, member: Shape, { request, query, route }: Source): unknown {
    const wire = member.locationName ?? name;
    switch (member.location) {
      case "uri":
        return this.scalar(member, route.labels[wire], name);
      case "querystring": {
        if (member.type === "map") return withoutAddress(query, route);
        const values = query.getAll(wire);
        if (member.type !== "list") return this.scalar(member, values[0], name);
        const item = this.model.itemOf(member);
        return values.length === 0 ? undefined : values.map((value) => this.scalar(item, value, name));
      }
      case "header":
        return this.header(member, request.headers, name);
      case "headers":
        return prefixed(request.headers, wire.toLowerCase());
      default:
        return undefined;
    }
  }

  private header(member: Shape, headers: IncomingHttpHeaders, name: string): unknown {
    const value = headers[(member.locationName ?? name).toLowerCase()];
    const text = Array.isArray(value) ? value.join(",") : value;
    if (member.type === "list") return text?.split(",").map((part) => part.trim());
    return member.type === "blob" ? text : this.scalar(member, text, name);
  }

  private scalar(member: Shape, text: string | undefined, name: string): unknown {
    return text === undefined ? undefined : this.misfits.scalar(member, text, name);
  }

  private noteUnreadQuery(input: Shape, { query, route }: Source): void {
    const members = this.model.membersOf(input).filter(([, { location }]) => location === "querystring");
    if (members.some(([, { type }]) => type === "map")) return;
    const known = new Set(members.map(([name, { locationName }]) => locationName ?? name));
    for (const [name, value] of query)
      if (!known.has(name) && !route.inAddress.has(name) && !ofSdks.test(name))
        this.misfits.unknown(`?${name}`, value);
  }

  private body(input: Shape, body: Buffer): Record<string, unknown> {
    const { payload } = input;
    if (payload !== undefined) return this.payload(input, payload, body);
    const hasMembers = this.model.membersOf(input).some(([, { location }]) => location === undefined);
    const text = body.toString();
    if (!hasMembers) {
      if (text.trim() !== "" && text.trim() !== "{}") this.misfits.unknown("(body)", text.slice(0, 200));
      return {};
    }
    if (text === "") return {};
    return this.xml
      ? this.xml.structure(input, readXml(text), "")
      : this.json.structure(input, JSON.parse(text) as object, "");
  }

  private payload(input: Shape, name: string, body: Buffer): Record<string, unknown> {
    const member = this.model.membersOf(input).find(([own]) => own === name)?.[1];
    if (member === undefined || body.length === 0) return {};
    if (member.type === "blob") return { [name]: body };
    const text = body.toString();
    if (member.type === "string") return { [name]: text };
    const value = this.xml
      ? this.xml.value(member, readXml(text), name)
      : this.json.value(member, JSON.parse(text), name);
    return { [name]: value };
  }
}

function prefixed(headers: IncomingHttpHeaders, prefix: string): Record<string, unknown> | undefined {
  const found = Object.entries(headers).filter(([name]) => name.startsWith(prefix));
  if (found.length === 0) return undefined;
  return Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]));
}

function withoutAddress(query: URLSearchParams, { inAddress }: Route): Record<string, string> {
  return Object.fromEntries([...query].filter(([name]) => !inAddress.has(name)));
}
