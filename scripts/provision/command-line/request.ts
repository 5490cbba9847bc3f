export const commands = [
  "apply",
  "plan",
  "destroy",
  "outputs",
  "export",
  "policy",
  "iam",
  "capacity",
  "restore",
  "tunnel",
  "databases",
] as const;
export type CommandName = (typeof commands)[number];
/** How the findings of `policy` are printed. */
export type Format = "table" | "json" | "sarif";

/** What the operator asked for, as read from the command line. */
export interface Request {
  readonly command: CommandName;
  /** A rehearsal without a command goes through a full cycle: apply, second plan, destroy. */
  readonly fullCycle: boolean;
  /** Name of a file in configs/, or a path. */
  readonly env: string;
  readonly rehearse: boolean;
  readonly yes: boolean;
  readonly only: readonly string[];
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  /** The environment's name, given in advance, to destroy it without a question. */
  readonly confirm?: string | undefined;
  /** Layers whose stateful objects may be destroyed without a question. */
  readonly allowDataLoss: readonly string[];
  readonly adoptStateBucket: boolean;
  readonly detailedExitcode: boolean;
  readonly json: boolean;
  readonly format?: Format | undefined;
  readonly out?: string | undefined;
  /** ARN of the backup to restore. */
  readonly recoveryPoint?: string | undefined;
  readonly timings?: string | undefined;
}

/** The command line that asks for the same again, with what is to be different. */
export function commandLine(request: Request, change: Partial<Request> = {}): string {
  const wanted = { ...request, ...change };
  const flag = (name: string, value: string | undefined) => (value === undefined ? [] : [name, quote(value)]);
  return [
    "npx ts-node scripts/provision.ts",
    ...(isImplied(wanted) ? [] : [wanted.command]),
    ...flag("--env", wanted.env),
    ...(wanted.rehearse ? ["--rehearse"] : []),
    ...wanted.only.flatMap((layer) => flag("--only", layer)),
    ...flag("--from", wanted.from),
    ...flag("--until", wanted.until),
    ...flag("--out", wanted.out),
    ...flag("--format", wanted.format),
    ...flag("--recovery-point", wanted.recoveryPoint),
    ...(wanted.yes && !wanted.rehearse ? ["--yes"] : []),
    ...flag("--confirm", wanted.confirm),
    ...wanted.allowDataLoss.flatMap((layer) => flag("--allow-data-loss", layer)),
    ...(wanted.adoptStateBucket ? ["--adopt-state-bucket"] : []),
  ].join(" ");
}

/** Whether nothing but a document may be printed, because a program reads it. */
export function printsDocument({ command, json, format = "table" }: Request): boolean {
  return json || command === "iam" || format !== "table";
}

function isImplied({ command, rehearse, fullCycle }: Request): boolean {
  return fullCycle || (command === "apply" && !rehearse);
}

function quote(value: string): string {
  return /^[\w./:@=-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
