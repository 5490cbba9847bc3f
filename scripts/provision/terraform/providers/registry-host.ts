import type { Run } from "../../run/run";

/** Whether a program is OpenTofu, by its name: its answer to `version -json` does not say. */
export function isOpenTofu(program: string): boolean {
  return /(^|\/)tofu$/.test(program);
}

/** The registry of providers whose source names none. */
export function registryOf({ program }: Pick<Run, "program">): string {
  return isOpenTofu(program) ? "registry.opentofu.org" : "registry.terraform.io";
}
