import type { LoadedEnvironment } from "../../../lib/environment/environment";
import type { AwsCall } from "../../../lib/layer/aws-call";
import type { AnyLayer } from "../../../lib/layer/layer";
import type { Kubernetes } from "./cluster";
import type { Processes } from "./command";
import type { Downloads } from "./downloads";
import type { Files } from "./files";
import type { Http } from "./requests";
import type { RehearsalFaults, RehearsalRequest, RunningRehearsal } from "./rehearsal";

export type { Files, RehearsalFaults, RehearsalRequest, RunningRehearsal };
export * from "./cluster";
export * from "./command";
export type * from "./downloads";
export type * from "./requests";

/** Everything a run touches outside its own memory; tests hand in one that only remembers. */
export interface World {
  /** The caller's environment variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly files: Files;
  readonly processes: Processes;
  /** This process, who runs it, and the machine it runs on. */
  readonly self: { readonly pid: number; readonly host: string; readonly user: string };
  readonly network: Network;
  readonly downloads: Downloads;
  readonly http: Http;
  readonly aws: Aws;
  readonly postgresql: Postgresql;
  readonly kubernetes: Kubernetes;
  readonly terminal: Terminal;
  readonly clock: Clock;
  /** Bytes that nobody can foresee. */
  randomBytes(count: number): Buffer;
  readonly product: Product;
  /** Calls back on each SIGINT and SIGTERM, and on the first SIGHUP, until the returned function is called. */
  onInterrupt(listener: () => void): () => void;
}

/** Connections of our own, to find out what can be reached. */
export interface Network {
  /** A port of 127.0.0.1 that nobody listens on: the wanted one, if that is free. */
  freePort(wanted: number): Promise<number>;
  /** Whether the server answers, as itself, within a few seconds. */
  answers(server: Server): Promise<boolean>;
  /** Whether the name has an address, as this machine resolves names. */
  resolves(host: string): Promise<boolean>;
  /** The name servers of a domain, in lower case and without a last dot; none if DNS knows none, undefined without an answer. */
  nameServers(domain: string): Promise<readonly string[] | undefined>;
  /** Whether anything accepts a connection within so many seconds. */
  connects(place: {
    readonly host: string;
    readonly port: number;
    readonly seconds: number;
  }): Promise<boolean>;
}

/** The AWS API. */
export interface Aws {
  /** Sends a call and returns its output; rejects with what the SDK throws. */
  send(call: AwsCall, request: AwsRequest): Promise<unknown>;
  /** The region that these environment variables choose, themselves or by a profile; undefined when they choose none. */
  region(environment: Readonly<Record<string, string>>): Promise<string | undefined>;
}

/** Where a call goes, and how long it may take. */
export interface AwsRequest {
  readonly region: string;
  /** Credentials, proxies and endpoints are found in here, and nowhere else. */
  readonly environment: Readonly<Record<string, string>>;
  /**
   * A question holds nothing up: one attempt, some seconds; a person waits for a suggestion. The first question of a run may
   * wait for what provides credentials, e.g. a `credential_process` that asks for a code, but not for the network. A look is
   * one of many, of which each must say something soon. A transfer sends megabytes, perhaps over a slow line.
   */
  readonly patience: "first question" | "look" | "suggestion" | "question" | "work" | "transfer";
}

/** A server, and how to tell that it is the right one. */
export interface Server {
  readonly host: string;
  readonly port: number;
  readonly speaks:
    | {
        readonly protocol: "tls";
        readonly serverName: string;
        /** In PEM. */
        readonly authority: string;
        /** `any`: each certificate of the authority ends a chain, as in Go; default: those that issued themselves. */
        readonly anchors?: "any";
      }
    | { readonly protocol: "postgresql" };
}

/** Databases that speak PostgreSQL. */
export interface Postgresql {
  /** Logs in by TLS, hands the session to `use`, and ends it; throws what the server or the network says. */
  session<Result>(login: Login, use: (session: Session) => Promise<Result>): Promise<Result>;
}

/** Where and as whom to log in. */
export interface Login {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

/** A session with a database. */
export interface Session {
  /** Runs one statement with values for $1, $2 and so on; returns how many rows it gave or changed. */
  run(statement: string, ...values: readonly string[]): Promise<number>;
}

/** The operator's screen and keyboard. */
export interface Terminal {
  /** Questions can be answered: input is a terminal. */
  readonly interactive: boolean;
  /** A status line can be drawn and erased; without it, nothing moves the cursor. */
  readonly live: boolean;
  readonly colours: boolean;
  /** Characters beyond ASCII can be shown. */
  readonly unicode: boolean;
  /** Changes with the terminal's size; infinite without a terminal. */
  readonly columns: number;
  print(text: string): void;
  /** Prints on standard error, where a program that reads the output does not look. */
  printError(text: string): void;
  /** Draws, replaces or (without text) erases the status: one line, or several that are no longer than the terminal is wide. */
  status(text?: string): void;
  /** Undefined when the question was interrupted instead of answered. */
  ask(question: string): Promise<string | undefined>;
}

/** Time: of day, and elapsed. */
export interface Clock {
  now(): Date;
  /** Seconds since this process began, never going back. */
  seconds(): number;
  /** Calls back repeatedly until the returned function is called. */
  every(seconds: number, act: () => void): () => void;
}

/** The parts of the product that write files or open ports by themselves. */
export interface Product {
  /** What runs: its name and version, its commit if that is known, and the Node.js that runs it. */
  about(): {
    readonly name: string;
    readonly version: string;
    readonly commit: string | undefined;
    readonly node: string;
  };
  /** Path of the environment that can be rehearsed in any folder. */
  readonly devEnvironment: string;
  /** Where a file of the product is, such as a guide: relative if that is below the current folder. */
  fileNamed(path: string): string;
  /** Writes `stacks/<layer>/cdk.tf.json` of every layer below `outdir`. */
  synthesise(
    layers: readonly AnyLayer[],
    loaded: LoadedEnvironment,
    to: { readonly outdir: string; readonly deletionProtection: boolean },
  ): Promise<void>;
  /** The exports of the module at an absolute path. */
  loadModule(path: string): unknown;
  startRehearsal(options: RehearsalRequest): Promise<RunningRehearsal>;
}
