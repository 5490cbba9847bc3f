import type { Answer } from "./filler";

/** Seconds, as JSON services give times; any will do. */
export const aTime = 1_780_000_000;

/** A successful answer of a service that speaks JSON. */
export function ok(members: object = {}, status = 200): Answer {
  return { status, type: "application/json", body: status === 204 ? "" : JSON.stringify(members) };
}

/** That something is not there, as the service itself says it. */
export function notThere(code = "ResourceNotFoundException", status = 404): Answer {
  const body = JSON.stringify({ __type: code, code, message: "It is not there", Message: "It is not there" });
  return { status, type: "application/json", body, headers: { "x-amzn-errortype": code } };
}

/** An answer in XML: its outer element's name, its namespace, and what is in it. */
export function xml(name: string, namespace: string, content: string): Answer {
  const body = `<?xml version="1.0"?><${name} xmlns="${namespace}">${content}</${name}>`;
  return { status: 200, type: "text/xml", body };
}

/** Members as elements, one after the other. */
export function elements(members: object): string {
  return Object.entries(members)
    .map(([name, value]) => `<${name}>${String(value)}</${name}>`)
    .join("");
}
