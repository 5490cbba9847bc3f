/** Why a check of AWS came to no result, other than by an error of AWS; rethrows what is not an error. */
export function noResultText(error: unknown): string {
  if (!(error instanceof Error)) throw error;
  return `the check gave no result, "${error.message.split("\n")[0] ?? ""}"`;
}
