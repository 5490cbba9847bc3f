import type { Resource } from "../synthesis/resource";
import { readJson } from "./statements";

/** The preferences for sessions that a Systems Manager document states; undefined when it is about something else. */
export function sessionInputs(document: Resource): Readonly<Record<string, unknown>> | undefined {
  if (!document.is("document_type", "Session")) return undefined;
  const [content = "{}"] = document.texts("content");
  const parsed = readJson(content);
  if (typeof parsed !== "object" || parsed === null || !("inputs" in parsed)) return {};
  // Inputs of a session document are an object: https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html
  return parsed.inputs as Readonly<Record<string, unknown>>;
}
