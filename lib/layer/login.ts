/** Programs of the platform whose administrators' passwords `provision password` shows. */
export const loginPrograms = ["argocd", "gitea", "keycloak"] as const;

/** The administrator of a program, whose password is in Secrets Manager. */
export interface Login {
  readonly program: (typeof loginPrograms)[number];
  readonly user: string;
  readonly url: string;
  /** ARN of a secret with JSON, of which `password` is the password. */
  readonly secretArn: string;
  /** What the operator does when that secret holds something else. */
  readonly repair: string;
}
