import { createWriteStream, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";

/** What Terraform did with a layer when it sent a request. */
export type Phase = "apply" | "plan" | "change" | "lift" | "destroy";

/** A request of the real AWS provider, decoded by the service's model. */
export interface RecordedCall {
  /** Folder of the service in botocore's data: `elbv2`. */
  readonly service: string;
  /** Operation of its model: `CreateLoadBalancer`. */
  readonly operation: string;
  readonly region: string;
  /** Members by the names that the model gives them. A blob is its text in UTF-8. */
  readonly params: Readonly<Record<string, unknown>>;
  /** The beginning of the body of a successful answer, as it was sent: JSON or XML. */
  readonly answer?: string;
  /** HTTP status of the answer. */
  readonly status: number;
  readonly layer: string;
  readonly phase: Phase;
}

/** Writes calls as they come; one JSON document a line. */
export interface CallRecord {
  add(call: RecordedCall): void;
  /** Waits until every call so far is in the file. */
  written(): Promise<void>;
  /** Waits until everything is in the file. */
  close(): Promise<void>;
}

/** Starts the record of an environment anew. */
export function openRecord(environment: string): CallRecord {
  mkdirSync(folder, { recursive: true });
  const stream = createWriteStream(recordFile(environment));
  return {
    add: (call) => void stream.write(`${JSON.stringify(call)}\n`),
    written: () =>
      new Promise((resolve) =>
        stream.write("", () => {
          resolve();
        }),
      ),
    close: async () => {
      stream.end();
      await finished(stream);
    },
  };
}

/** Reads the calls of an environment's last full cycle, in the order of their answers. */
export function readRecord(environment: string): readonly RecordedCall[] {
  const lines = readFileSync(recordFile(environment), "utf8").split("\n");
  // Our own format.
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as RecordedCall);
}

const folder = ".provision/test-report";

function recordFile(environment: string): string {
  return join(folder, `calls-${environment}.jsonl`);
}
