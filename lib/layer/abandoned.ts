import type { AwsCall } from "./aws-call";
import type { Present } from "./obstacle";
import type { Subject } from "./question";

/** Sends a call of the AWS API and returns its answer; throws what ends the search, or the attempt, if there is none. */
export type Send = <Output>(call: AwsCall<Output>) => Promise<Output>;

/** Objects of one kind that programs created, and that nobody deletes once these are gone. `about` is the kind in plural. */
export interface AbandonedKind extends Subject {
  /** What they cost, and what they keep from being deleted; a clause. */
  readonly effect: string;
  /** They hold what cannot be created again. */
  readonly holdsData?: true;
  /** Those of this very owner alone. */
  readonly find: (send: Send) => Promise<readonly Present[]>;
  /** How one is deleted: by calls, or by a command that the operator types. */
  readonly removal:
    | { readonly delete: (id: string, send: Send) => Promise<unknown> }
    | { readonly command: (id: string) => string };
}

/** What an object of a layer, such as a cluster, has had created in the account. */
export interface Abandoned {
  /** As in `what programs in the cluster "dev" created`. */
  readonly owner: string;
  /** Reads the owner: as long as AWS answers, nothing is abandoned. */
  readonly call: AwsCall;
  /** IAM actions of that call. */
  readonly actions: readonly string[];
  /** In the order in which they can be deleted. */
  readonly kinds: readonly AbandonedKind[];
}
