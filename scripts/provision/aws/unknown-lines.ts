/** What stays unknown, in one line for each reason. */
export function unknownLines(
  unknown: readonly { readonly about: string; readonly because: string }[],
): readonly string[] {
  const reasons = new Set(unknown.map(({ because }) => because));
  return [...reasons].map((reason) => {
    const about = unknown.filter(({ because }) => because === reason).map((finding) => finding.about);
    return `Not checked: ${about.join(", ")}; ${reason}`;
  });
}
