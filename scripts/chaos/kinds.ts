/** What happens to a run, by the name that `--only` takes, and what a reader of the table is told. */
export const kinds = {
  int: "one Ctrl-C",
  "int-2": "two Ctrl-C",
  "int-3": "three Ctrl-C",
  term: "SIGTERM",
  hup: "SIGHUP",
  closed: "the terminal is closed",
  "kill-wrapper": "provision is killed",
  "kill-terraform": "Terraform is killed",
  "kill-provider": "a provider is killed",
  "kill-both": "provision and Terraform are killed",
  down: "the state bucket cannot be reached",
  slow: "the state bucket is slow",
  "answers-500": "the state bucket answers 500",
  "answers-503": "the state bucket answers 503",
  "answers-403": "the state bucket denies access",
  expired: "the credentials expire",
  "refused-412": "the state bucket refuses conditional writes",
  cut: "the connection is lost in the middle of a write",
  full: "the disk is full",
  "read-only": "the folder turns read-only",
} as const;

/** The name of a kind. */
export type Kind = keyof typeof kinds;

// Object.keys gives no more than these.
export const kindNames = Object.keys(kinds) as Kind[];
