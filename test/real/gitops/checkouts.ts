import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ReleaseName } from "../../../gitops/releases";

/** Helm: the program that HELM names, or that on the PATH. */
export const helm = process.env["HELM"] ?? "helm";

/** The folder of a release's checkout, below the one that EMF_CHECKOUTS names. */
export function checkoutOf(release: ReleaseName): string {
  return join(process.env["EMF_CHECKOUTS"] ?? "", release);
}

/** Why a test on a checkout of a release cannot run here; undefined when it can. Throws when they were promised. */
export function noCheckout(release: ReleaseName): string | undefined {
  const named = process.env["EMF_CHECKOUTS"];
  if (named === undefined)
    return "EMF_CHECKOUTS does not name a folder with checkouts of the platform by release";
  if (!existsSync(checkoutOf(release))) throw new Error(`EMF_CHECKOUTS has no folder ${release}`);
  execFileSync(helm, ["version", "--short"], { stdio: "ignore" });
  return undefined;
}
