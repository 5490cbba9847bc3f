/** What the operator has approved for the rest of a run. */
export class Approvals {
  /** Whether objects may be created and changed in place without further questions. */
  changesInPlace = false;
}
