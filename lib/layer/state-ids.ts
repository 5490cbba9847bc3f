/** The IDs of objects in states, by their type in Terraform. */
export interface StateIds {
  readonly ids: (type: string) => readonly string[];
}
