import { type ReleaseName, releases } from "../../../gitops/releases";
import type { Environment } from "../../../lib/layer/environment-schema";
import type { Problem } from "../../../lib/layer/layer";
import { illegalReference } from "../git-reference";
import { isFixed } from "../revision-check";
import { namespaceProblems } from "./namespaces";
import type { Applications } from "./settings";

type Application = Applications[number];
type Finding = Pick<Problem, "message" | "hint"> & { readonly at: keyof Application };

/** Where applications are deployed. */
interface Place {
  readonly environment: Environment;
  readonly release: ReleaseName;
}

/** Reports what is wrong with the applications beside those of the platform, as far as one setting does not show it. */
export function applicationProblems(applications: Applications, place: Place): readonly Problem[] {
  return applications.flatMap((application, index) => {
    const found = [
      ...nameProblems(application, place.release),
      ...sourceProblems(application),
      ...revisionProblems(application),
      ...namespaceProblems(application, place.environment.name),
    ];
    return found.map(({ at, ...problem }) => ({
      ...problem,
      path: ["layers", "argocd", "applications", index, at],
    }));
  });
}

function nameProblems({ name }: Application, release: ReleaseName): readonly Finding[] {
  if (name !== "root-app" && !releases[release].applications.includes(name)) return [];
  const message = `"${name}" is the name of an application of the platform's release ${release}`;
  return [
    {
      at: "name",
      message,
      hint: "Choose another name; layers.argocd.overrides changes values of the platform's",
    },
  ];
}

function sourceProblems({ repository, path, chart }: Application): readonly Finding[] {
  if (path !== undefined && chart !== undefined)
    return [
      {
        at: "chart",
        message: "is set together with path: an application is deployed from one of them",
        hint: "Remove path for a Helm repository or an OCI registry, or chart for a Git repository",
      },
    ];
  if (path === undefined && chart === undefined)
    return [
      {
        at: "repository",
        message: "has neither path nor chart beside it, so that nothing says what is deployed",
        hint: "Add path for a Git repository, or chart for a Helm repository or an OCI registry",
      },
    ];
  if (!repository.startsWith("oci://")) return [];
  if (chart !== undefined) return twiceNamed(repository, chart);
  return [
    {
      at: "path",
      message: "is a folder of a Git repository, but repository is an oci:// address",
      hint: "Set chart to the name of the chart instead",
    },
  ];
}

/** Argo CD reads the chart below the address: https://argo-cd.readthedocs.io/en/stable/user-guide/oci/ */
function twiceNamed(repository: string, chart: string): readonly Finding[] {
  const parts = repository.replace(/\/$/, "").split("/");
  if (parts.at(-1) !== chart) return [];
  return [
    {
      at: "repository",
      message: `ends with the name of the chart, which is added to it: the chart would be read at ${parts.join("/")}/${chart}`,
      hint: `Specify "${parts.slice(0, -1).join("/")}"`,
    },
  ];
}

/** Argo CD takes a range of versions, and would deploy each new one by itself: https://argo-cd.readthedocs.io/en/stable/user-guide/tracking_strategies/ */
const exactVersion = /^v?\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?$/;

function revisionProblems({ revision, chart, allowMovingRevision }: Application): readonly Finding[] {
  if (chart !== undefined)
    return exactVersion.test(revision)
      ? []
      : [
          {
            at: "revision",
            message: `"${revision}" is not an exact version of the chart: Argo CD would deploy later ones by itself`,
            hint: "Specify a version such as 1.2.3",
          },
        ];
  const illegal = illegalReference(revision);
  if (illegal !== undefined) return [{ at: "revision", ...illegal }];
  if (isFixed(revision) || allowMovingRevision) return [];
  return [
    {
      at: "revision",
      message: `"${revision}" is neither a commit nor a tag: Argo CD would deploy every later commit of a branch by itself`,
      hint: "Specify a commit of 40 digits, a version such as v1.2.3, or refs/tags/<name>; allowMovingRevision: true accepts a branch",
    },
  ];
}
