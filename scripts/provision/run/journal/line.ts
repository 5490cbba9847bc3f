import { z } from "zod";
import { jsonOrUndefined } from "../json";

const shape = z.object({
  ...{ run: z.string(), time: z.string(), user: z.string(), host: z.string(), pid: z.number() },
  runId: z.string().optional(),
  ...{ caller: z.string().optional(), command: z.string(), commit: z.string().optional() },
  /** Unset: the whole run. */
  layer: z.string().optional(),
  /** `started`, `planned`, `approved`, `applying`, `restored`, `recovered`, or how a layer came out; the last one of a run is `ended`. */
  phase: z.string(),
  /** How many changes a plan has. */
  changes: z.number().optional(),
  /** Of the plan that was approved, by its meaning. */
  digest: z.string().optional(),
  /** How a plan was approved: by an answer, an earlier answer `all`, `--yes`, or as a part of one approved before. */
  approval: z.enum(["answer", "all", "--yes", "earlier plan"]).optional(),
  /** The command of Terraform that changes something. */
  terraform: z.string().optional(),
  counts: z.object({ added: z.number(), changed: z.number(), destroyed: z.number() }).optional(),
  serials: z
    .object({
      ...{ before: z.number().optional(), after: z.number().optional(), lineage: z.string().optional() },
      lacks: z.literal(true).optional(),
    })
    .optional(),
  /** SHA-256 of what a finished layer was made from. */
  inputs: z.string().optional(),
  /** Why something is repeated, and which attempt that is, counted from 1. */
  ...{ reason: z.string().optional(), attempt: z.number().optional() },
  /** How often something was repeated for a layer. */
  retries: z.number().optional(),
  exitCode: z.number().optional(),
});

/** One transition of a run, as a line of its journal; readers ignore what they do not know. */
export type JournalLine = z.output<typeof shape>;

/** The lines of a journal; one that was cut off, or is none, is left out. */
export function readLines(text: string): readonly JournalLine[] {
  return text.split("\n").flatMap((line) => shape.safeParse(jsonOrUndefined(line)).data ?? []);
}
