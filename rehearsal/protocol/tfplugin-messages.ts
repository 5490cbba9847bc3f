import type { Message } from "./message";

const Step = {
  attribute_name: [1, "string"],
  element_key_string: [2, "string"],
  element_key_int: [3, "int64"],
} as const satisfies Message;

export const AttributePath = { steps: [1, Step, "repeated"] } as const satisfies Message;

export const DynamicValue = { msgpack: [1, "bytes"], json: [2, "bytes"] } as const satisfies Message;

export const Diagnostic = {
  severity: [1, "enum"],
  summary: [2, "string"],
  detail: [3, "string"],
  attribute: [4, AttributePath],
} as const satisfies Message;
