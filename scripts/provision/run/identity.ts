/** Who runs what: in every line of a journal. */
export interface RunIdentity {
  /** Names the run, and with it its journal, e.g. `20260101T090000Z-07070707`; later runs have later names. */
  readonly run: string;
  /** What the operator gave as `--run-id`. */
  readonly runId?: string;
  /** As the operating system names them. */
  readonly user: string;
  readonly host: string;
  readonly pid: number;
  /** As AWS names them: an ARN. */
  readonly caller?: string;
  /** The command line without what starts the product. */
  readonly command: string;
  /** The commit of the environment file's checkout, with `-dirty` if files differ from it. */
  readonly commit?: string;
}

/** A name for a run that begins now. */
export function newRunName(started: Date, randomBytes: (count: number) => Buffer): string {
  const stamp = started.toISOString().replace(/\..*/, "Z").replace(/[-:]/g, "");
  return `${stamp}-${randomBytes(4).toString("hex")}`;
}
