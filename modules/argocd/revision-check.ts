import type { z } from "zod";
import { refusalOf, releaseNames } from "../../gitops/releases";
import type { Problem } from "../../lib/layer/layer";
import type { platform } from "../platform/layer";
import { illegalReference } from "./git-reference";
import type { Settings } from "./settings";

const path = ["layers", "argocd", "repository", "revision"];

const commit = /^[0-9a-f]{40}$/;
const tag = /^(?:refs\/tags\/.+|v?\d+\.\d+\.\d+(?:[.+-][\w.+-]+)?)$/;

/** Tags and branches that the platform's repository gives a release; those of other repositories can mean anything. */
const named = /^(?:refs\/(?:heads|tags)\/)?(?:release-|v)?((?:3|20\d\d)\.\d+)(?:\.\d+)?(?:[.+-].*)?$/;

/** Whether a revision of a Git repository always means the same commit, as far as its name says. */
export function isFixed(revision: string): boolean {
  return commit.test(revision) || tag.test(revision);
}

/** Reports a revision that is not fixed, or not of the release whose needs this product satisfies. */
export function revisionProblems(
  { revision, allowMovingRevision }: Settings["repository"],
  { release }: Pick<z.output<(typeof platform)["settings"]>, "release">,
): readonly Problem[] {
  if (revision === undefined || commit.test(revision)) return [];
  const illegal = illegalReference(revision);
  if (illegal !== undefined) return [{ path, ...illegal }];
  return [...otherRelease(revision, release), ...(allowMovingRevision ? [] : moving(revision, release))];
}

function otherRelease(revision: string, release: string): readonly Problem[] {
  const other = named.exec(revision)?.[1];
  if (other === undefined || other === release) return [];
  if (releaseNames.some((name) => name === other)) {
    return [
      {
        path,
        message: `"${revision}" is of release ${other}, but layers.platform.release is "${release}"`,
        hint: `Set layers.platform.release to "${other}", and remove the revision`,
      },
    ];
  }
  return [
    {
      path,
      message: `"${revision}" is of release ${other}, which cannot be installed: ${refusalOf(other)}`,
      hint: `Remove it, to deploy release ${release}`,
    },
  ];
}

function moving(revision: string, release: string): readonly Problem[] {
  if (isFixed(revision)) return [];
  return [
    {
      path,
      message: `"${revision}" is neither a commit nor a tag: Argo CD would deploy every later commit of a branch by itself`,
      hint: `Specify a commit of 40 digits, a version such as v1.2.3, or refs/tags/<name>; remove it, to deploy release ${release}; allowMovingRevision: true accepts a branch`,
    },
  ];
}
