/**
 * A resource that another has superseded in the configuration, e.g. of another source, while later layers use it until they
 * are applied. It is deleted by the first apply after they are.
 */
export interface Superseded {
  /** Its type and its name in Terraform. */
  readonly type: string;
  readonly name: string;
  /** As in `The former certificate`. */
  readonly what: string;
  /** Arguments without which Terraform accepts no such resource; changes of them are ignored. */
  readonly required: object;
}
