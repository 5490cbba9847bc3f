/** By verbosity; Terraform takes whatever else a variable says for TRACE: https://developer.hashicorp.com/terraform/internals/debugging */
const levels = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR"] as const;
type Level = (typeof levels)[number];

/** What the operator's variables ask Terraform to log. */
export interface WantedLog {
  /** The variable that asks for the most, and what it says. */
  readonly variable: string;
  readonly value: string;
  readonly level: Level;
  /** Whether it contains requests, which providers log at DEBUG. */
  readonly isVerbose: boolean;
  readonly format: "text" | "json";
  /** Where to, in place of the layer's own log. */
  readonly path: string | undefined;
}

/** Those that turn logging on; the others, e.g. TF_LOG_PROVIDER_AWS, change what is logged then. */
const variables = ["TF_LOG", "TF_LOG_CORE", "TF_LOG_PROVIDER"] as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** What Terraform would log with these variables; undefined: nothing. */
export function wantedLog(environment: Environment): WantedLog | undefined {
  const wanted = variables.flatMap((variable) => {
    const level = levelIn(environment, variable);
    return level === undefined ? [] : [{ variable, value: environment[variable] ?? "", level }];
  });
  const [most] = wanted.toSorted((one, other) => levels.indexOf(one.level) - levels.indexOf(other.level));
  if (most === undefined) return undefined;
  const isJson = wanted.some(({ variable, value }) => variable !== variables[2] && /^json$/i.test(value));
  const { TF_LOG_PATH: path = "" } = environment;
  const isVerbose = most.level === "TRACE" || most.level === "DEBUG";
  return { ...most, isVerbose, format: isJson ? "json" : "text", path: path === "" ? undefined : path };
}

/**
 * The same variables, with which Terraform logs to standard error, one JSON object on each line: nothing else there is one, and
 * no entry reaches a file before it was read.
 */
export function withReadableLog(environment: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(environment).filter(
    ([name]) => !/^TF_LOG(?:_CORE|_PROVIDER|_PATH)?$/.test(name),
  );
  const provider = levelIn(environment, "TF_LOG_PROVIDER") ?? levelIn(environment, "TF_LOG") ?? "OFF";
  return { ...Object.fromEntries(kept), TF_LOG: "JSON", TF_LOG_PROVIDER: provider };
}

/** Whether an entry of this level is wanted. */
export function isWanted({ level }: Pick<WantedLog, "level">, entry: string): boolean {
  const place = (name: string) => levels.findIndex((known) => known === name);
  return place(entry.toUpperCase()) >= place(level);
}

function levelIn(environment: Environment, variable: string): Level | undefined {
  const given = environment[variable]?.toUpperCase() ?? "";
  if (given === "" || given === "OFF") return undefined;
  return levels.find((level) => level === given) ?? "TRACE";
}
