import type { Architecture } from "./image/architecture";

/** A program that a step runs. */
export interface Tool {
  /** As it is called on a command line. */
  readonly name: string;
  /** Environment variable that names it where it is not on PATH, e.g. `COSIGN`. */
  readonly variable?: string;
  /** What to install, for those who lack it. */
  readonly install: string;
}

/** What is released, and where it is made. */
export interface Release {
  readonly name: string;
  readonly version: string;
  readonly commit: string;
  /** Seconds since 1970: the time of everything that is made, as SOURCE_DATE_EPOCH. */
  readonly epoch: number;
  /** The files of the commit as `git archive` writes them, without packages; steps change nothing in it. */
  readonly sources: string;
  /** Folder for what steps need meanwhile; it does not survive them. */
  readonly scratch: string;
  /** Folder of the released files. */
  readonly out: string;
  /** What the image is made for. */
  readonly architectures: readonly Architecture[];
  /** The command that makes the same files again, without a key. */
  readonly command: string;
  /** Private key of cosign to sign with. */
  readonly key: string | undefined;
}

/** One part of the release. Steps run in order; each finds the files of those before it in `out`. */
export interface Step {
  readonly name: string;
  /** What it makes, for the screen. */
  readonly summary: string;
  /** What leaves it out: `--only package`, or no `--key`; undefined for what every release has. */
  readonly part?: Part;
  readonly tools: readonly Tool[];
  run(release: Release): void | Promise<void>;
}

/** What a release can be made without. */
export type Part = "package" | "image" | "signature";
