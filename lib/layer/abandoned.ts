import type { AwsCall } from "./aws-call";
import type { Present } from "./obstacle";
import type { Subject } from "./question";

/** Sends a call of the AWS API and returns its answer; throws what ends the search, or the attempt, if there is none. */
export interface Send {
  <Output>(call: AwsCall<Output>): Promise<Output>;
  /** Undefined if AWS refuses it by an error of such a code. */
  <Output>(call: AwsCall<Output>, refusal: RegExp): Promise<Output | undefined>;
}

/** An object that has the tags of an owner which is gone. */
export interface AbandonedObject extends Present {
  /** Why it is somebody else's all the same, as a clause after "because": it is shown, and never deleted. */
  readonly foreign?: string;
}

/** Objects of one kind that programs created, and that nobody deletes once these are gone. `about` is the kind in plural. */
export interface AbandonedKind extends Subject {
  /** What they cost, and what they keep from being deleted; a clause. */
  readonly effect: string;
  /** They hold what cannot be created again. */
  readonly holdsData?: true;
  /** Those with the tags of this very owner alone. */
  readonly find: (send: Send) => Promise<readonly AbandonedObject[]>;
  /** How one is deleted: by calls, or by a command that the operator types. While it is still in use, the calls may do nothing. */
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
