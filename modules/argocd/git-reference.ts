import type { Problem } from "../../lib/layer/layer";

/** What Git accepts in no name of a reference: https://git-scm.com/docs/git-check-ref-format */
// eslint-disable-next-line no-control-regex -- Git refuses control characters as well
const illegal = /[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\/|(?:^|\/)\.|\.lock(?:\/|$)|[/.]$/;

/** What is wrong with a revision that is written as a full reference, e.g. refs/tags/v1.2.3. */
export function illegalReference(revision: string): Pick<Problem, "message" | "hint"> | undefined {
  if (!revision.startsWith("refs/") || !illegal.test(revision)) return undefined;
  return {
    message: `"${revision}" is not the name of a tag or branch that Git accepts`,
    hint: "Specify a name that exists: git ls-remote lists those of a repository",
  };
}
