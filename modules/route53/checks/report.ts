import type { Problem } from "../../../lib/layer/layer";

/** A setting that names a PEM file. */
export type FileSetting = "certificateFile" | "privateKeyFile" | "chainFile";

/** What is wrong with a PEM file. */
export function fileProblem(setting: FileSetting, message: string, hint: string): Problem {
  return { path: ["layers", "route53", "certificate", setting], message, hint };
}
