import type { Environment } from "../../lib/layer/environment-schema";
import type { Problem } from "../../lib/layer/layer";
import { takenNamespaces } from "./namespaces";

/** What is wrong with the environment's name as the name of a namespace. */
export function nameProblems({ name }: Pick<Environment, "name">): Problem[] {
  if (!takenNamespaces.includes(name)) return [];
  return [
    {
      path: ["name"],
      message: `"${name}" is the name of a Kubernetes namespace that the platform uses for something else`,
      hint: "Choose another name, e.g. one that says who uses the environment",
    },
  ];
}
