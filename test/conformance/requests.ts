import { cbor } from "@smithy/core/cbor";
import type { RawRequest } from "../real/api/request";

const zone = "us-west-2";

function signedFor(service: string, region = zone) {
  const credential = `test/20260101/${region}/${service}/aws4_request`;
  return { authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0` };
}

/** A form, as query and ec2 services take it. */
export function form(service: string, version: string, fields: Readonly<Record<string, string>>): RawRequest {
  return {
    method: "POST",
    target: "/",
    headers: { ...signedFor(service), "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
    body: Buffer.from(new URLSearchParams({ Version: version, ...fields }).toString()),
  };
}

/** A document, as services with a target take it. */
export function json(service: string, target: string, members: unknown): RawRequest {
  return {
    method: "POST",
    target: "/",
    headers: { ...signedFor(service), "content-type": "application/x-amz-json-1.1", "x-amz-target": target },
    body: Buffer.from(JSON.stringify(members)),
  };
}

/** Method and address of a REST service, with what goes into the body: text as it is, anything else as JSON. */
export function rest(service: string, address: string, content?: unknown): RawRequest {
  const [method = "", target = ""] = address.split(" ");
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return {
    method,
    target,
    headers: signedFor(service),
    body: Buffer.from(content === undefined ? "" : text),
  };
}

/** CloudWatch's newest protocol. */
export function binary(operation: string, members: unknown): RawRequest {
  return {
    method: "POST",
    target: `/service/GraniteServiceVersion20100801/operation/${operation}`,
    headers: { ...signedFor("monitoring"), "smithy-protocol": "rpc-v2-cbor" },
    body: Buffer.from(cbor.serialize(members)),
  };
}
