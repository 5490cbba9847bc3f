const names =
  /(?:password|passwd|passphrase|token|secret[-_]?(?:access[-_]?)?key|(?:api|private)[-_]?key|client[-_]?secret)$/i;

/** A name that begins so has the name of a Secret as its value, as existingSecretAdminPassword has in Harbor's chart. */
const reference = /^existing/i;

/** Variables that the program replaces, such as `$(PASSWORD)`: https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/ */
const filledIn = /^\$/;

/** Whether a key of a chart's values says that its text is a secret. */
export function isSecretText(name: string, text: unknown): boolean {
  return (
    typeof text === "string" &&
    text !== "" &&
    names.test(name) &&
    !reference.test(name) &&
    !filledIn.test(text)
  );
}
