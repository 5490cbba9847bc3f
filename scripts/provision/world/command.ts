/** One command to run: Terraform's, or the AWS CLI's. */
export interface Command {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Receives the number of its process. */
  readonly onStart?: (pid: number) => void;
  /** Receives every line of standard output as it comes. */
  readonly onLine?: (line: string) => void;
  /** Receives every line of standard error as it comes. */
  readonly onErrorLine?: (line: string) => void;
  /** `group`: an interrupt reaches all that it has started, as at a terminal; else it alone, as Terraform wants it. */
  readonly interrupts?: "group";
  /** Kills it, and what it started, after so long. */
  readonly timeoutSeconds?: number;
  /**
   * Goes on when this process is killed. Its output goes to files that begin with this path, and are removed when it has ended;
   * where there can be none, it is not started, and what the system says is thrown.
   */
  readonly outlives?: string;
}

/** How a command ended: 127 means that there is no such program, as in a shell. */
export interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Between start and end, on the clock of a stopwatch. */
  readonly seconds: number;
  /** The disk of its output is full, so that a part of that may be missing; else unset. */
  readonly isCut?: boolean;
}

/** Child processes, each in its own process group, so that the terminal's Ctrl-C reaches only us. */
export interface Processes {
  run(command: Command): Promise<Finished>;
  /** Whether the PATH of this environment has the program. */
  isInstalled(program: string, environment: Readonly<Record<string, string>>): boolean;
  /** Starts a command that goes on beside the others. */
  start(command: Command): Background;
  /** Whether this machine has a process with that number, whoever started it. */
  exists(pid: number): boolean;
  /** Sends a signal to every child that `run` waits for. */
  signal(name: "SIGINT" | "SIGKILL"): void;
}

/** A command that goes on until it ends by itself or is stopped. */
export interface Background {
  readonly ended: Promise<Finished>;
  /** Interrupts it and its children, and kills them when they do not end. */
  stop(): Promise<void>;
}
