import type { Change, PlanReading } from "./plan";

/** One command of Terraform, in a layer's folder. */
export type TerraformEvent =
  | {
      readonly type: "terraform began";
      readonly layer: string;
      /** What runs as Terraform, e.g. `tofu`, and where. */
      readonly program: string;
      readonly folder: string;
      /** As Terraform calls it, e.g. `state pull`. */
      readonly command: string;
      readonly arguments: readonly string[];
    }
  /** A plan that has changes, also one that is corrected, and then created again, or that only lifts protection. */
  | { readonly type: "plan read"; readonly layer: string; readonly plan: PlanReading }
  /** A line of output in human-readable form. */
  | { readonly type: "terraform printed"; readonly layer: string; readonly text: string }
  /** Progress of an apply; `current` is an address. */
  | {
      readonly type: "terraform progressed";
      readonly layer: string;
      readonly done: number;
      readonly planned: number;
      readonly current: string;
    }
  | {
      readonly type: "terraform ended";
      readonly layer: string;
      readonly command: string;
      readonly seconds: number;
    }
  /** An apply has begun this change. */
  | { readonly type: "object began"; readonly layer: string; readonly change: Change }
  /** An apply has completed this change, or could not. */
  | { readonly type: "object changed" | "object failed"; readonly layer: string; readonly change: Change }
  /** An apply does not know how a change ended: AWS did not answer; unset: the provider was killed, which does not say of which objects. */
  | { readonly type: "answer lost"; readonly layer: string; readonly address?: string }
  /** A change was refused, or failed in another way that is known. */
  | { readonly type: "answer given"; readonly layer: string; readonly address: string }
  /** A failure is expected to pass; the next attempt, counted from 1, begins after so many seconds. */
  | {
      readonly type: "retrying";
      readonly layer: string;
      readonly attempt: number;
      readonly seconds: number;
      /** As a sentence without its end. */
      readonly reason: string;
    };
