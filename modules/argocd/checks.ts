import type { Environment } from "../../lib/layer/environment-schema";
import type { Problem } from "../../lib/layer/layer";
import { takenNamespaces } from "./namespaces";

/** Reports an environment name that conflicts with a namespace of the platform. */
export function nameProblems({ name }: Pick<Environment, "name">): Problem[] {
  if (!takenNamespaces.includes(name)) return [];
  return [
    {
      path: ["name"],
      message: `"${name}" is the name of a Kubernetes namespace that the platform already uses`,
      hint: "Choose another name",
    },
  ];
}
