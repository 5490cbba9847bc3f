import type { AnyLayer } from "../../../../lib/layer/layer";
import { argocd } from "../../../../modules/argocd/layer";

/** What needs an account, servers of databases, DNS or load balancers, and what the other one says already. */
const left: readonly string[] = ["usesDatabases", "preflight", "delegation", "rollout", "warnings"];

/** The layer argocd, as an extension, in a cluster that has nothing around it. */
export const layer: AnyLayer = {
  // What is left out is optional.
  ...(Object.fromEntries(Object.entries(argocd).filter(([name]) => !left.includes(name))) as typeof argocd),
  name: "argocd-alone",
};
