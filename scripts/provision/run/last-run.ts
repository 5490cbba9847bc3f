import type { Request } from "../command-line/request";
import type { Files } from "../world/index";
import type { RunEvent } from "./events";
import type { RunFolders } from "./folders";
import { jsonOrUndefined } from "./json";
import type { Row } from "./outcome";
import type { Records } from "./records";

/** How the last run of an environment on this machine went. */
export interface LastRun {
  readonly command: string;
  /** As ISO 8601. */
  readonly started: string;
  readonly outcome: "succeeded" | "failed" | "declined" | "interrupted";
  /** The layer where it stopped. */
  readonly layer?: string;
}

const fileName = "last-run.json";
const stops: Readonly<Record<string, LastRun["outcome"]>> = {
  failed: "failed",
  refused: "failed",
  declined: "declined",
  interrupted: "interrupted",
};

/** Records how a run that works on layers ends, for `provision environments`; nothing reads it but that. */
export class RunRecord {
  private rows: readonly Row[] | undefined;

  constructor(
    private readonly records: Pick<Records, "write">,
    private readonly run: {
      readonly folders: Pick<RunFolders, "own">;
      readonly request: Pick<Request, "command">;
      readonly started: Date;
    },
  ) {}

  readonly listen = (event: RunEvent): void => {
    if (event.type === "layers ended") this.rows = [...(this.rows ?? []), ...event.rows];
    if (event.type !== "run ended" || this.rows === undefined) return;
    const { folders, request, started } = this.run;
    const stopped = this.rows.find(({ kind }) => stops[kind] !== undefined);
    const record: LastRun = {
      ...{ command: request.command, started: started.toISOString() },
      outcome: stops[stopped?.kind ?? ""] ?? "succeeded",
      ...(stopped === undefined ? {} : { layer: stopped.layer }),
    };
    this.records.write(`${folders.own}/${fileName}`, `${JSON.stringify(record)}\n`);
  };
}

/** The record in a folder of an environment; undefined if there is none, or it is not one. */
export function readLastRun(files: Pick<Files, "read">, folder: string): LastRun | undefined {
  const found = jsonOrUndefined(files.read(`${folder}/${fileName}`) ?? "");
  return isRecord(found) ? found : undefined;
}

function isRecord(value: unknown): value is LastRun {
  const { command, started, outcome } = Object(value) as Partial<Record<keyof LastRun, unknown>>;
  return (
    typeof command === "string" && typeof outcome === "string" && !Number.isNaN(Date.parse(String(started)))
  );
}
