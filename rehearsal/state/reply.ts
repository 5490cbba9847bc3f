import { randomBytes } from "node:crypto";
import { element, xmlDocument } from "./xml";

/** What the stand-in answers. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

/** An error in the form of S3: the client reads the code, the human the message. */
export function s3Error(status: number, code: string, message: string): Reply {
  const parts = [element("Code", code), element("Message", message), element("RequestId", requestId())];
  return { status, headers: { "content-type": "application/xml" }, body: xmlDocument("Error", parts) };
}

/** A fresh request identifier, which every reply of AWS carries. */
export const requestId = (): string => `SIMULATED${randomBytes(4).toString("hex").toUpperCase()}`;
