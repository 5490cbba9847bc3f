import { type ReleaseName, releases } from "../../gitops/releases";
import type { Problem } from "../../lib/layer/layer";
import { suggestion } from "../../lib/suggestions";
import type { Settings } from "./settings";

type Given = Pick<Settings, "overrides" | "applications" | "repository">;

/** Reports values of applications that the release does not have, which nothing would read. */
export function overrideProblems(given: Given, release: ReleaseName): readonly Problem[] {
  return isOfRelease(given) ? namelessOverrides(given, release) : [];
}

/** Warns of the same where the repository may have applications of its own. */
export function overrideWarnings(given: Given, release: ReleaseName): readonly Problem[] {
  return isOfRelease(given) ? [] : namelessOverrides(given, release);
}

/** Without a revision, Argo CD deploys the commit of the release, wherever the repository is. */
function isOfRelease({ repository }: Given): boolean {
  return repository.revision === undefined;
}

function namelessOverrides({ overrides, applications }: Given, release: ReleaseName): readonly Problem[] {
  const known = releases[release].applications;
  const names = Object.keys(overrides).filter((name) => !known.includes(name));
  return names.map((name) => {
    const path = ["layers", "argocd", "overrides", name];
    const index = applications.findIndex((application) => application.name === name);
    if (index >= 0) {
      const setting = `layers.argocd.applications[${index}].values`;
      const message = `"${name}" is not an application of the platform, but one of layers.argocd.applications`;
      return { path, message, hint: `Move the values to ${setting}` };
    }
    const meant = suggestion(name, known);
    const question = meant === undefined ? "" : `; did you mean "${meant}"?`;
    const message = `"${name}" is not an application of the platform's release ${release}${question}`;
    return { path, message, hint: "Correct the name, or remove the values, which nothing would read" };
  });
}
