import { z } from "zod";
import type { Environment } from "../../lib/layer/environment-schema";
import type { Problem } from "../../lib/layer/layer";
import type { Settings } from "./settings";

const Credentials = z.strictObject({ username: z.string().min(1), accessToken: z.string().min(1) });

/** Reports a cache where ECR has none: https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html */
export function regionProblems(
  { partition, region }: Pick<Environment, "partition" | "region">,
  { enabled }: Pick<Settings, "enabled">,
): readonly Problem[] {
  if (!enabled || partition === "aws") return [];
  return [
    {
      path: ["layers", "registry-cache", "enabled"],
      message: `is true, but ECR has no pull-through cache in "${region}"`,
      hint: "Set it to false, and specify mirrors in layers.eks.nodes.registryMirrors if there are any",
    },
  ];
}

/** Reports problems with the credentials files, without their content. */
export function credentialsProblems(
  settings: Settings,
  read: (path: string) => string | undefined,
): readonly Problem[] {
  if (!settings.enabled) return [];
  return (["docker", "ghcr"] as const).flatMap((name) => {
    const file = settings[name]?.credentialsFile;
    const path = ["layers", "registry-cache", name, "credentialsFile"];
    return file === undefined ? [] : problemsOf(file, read(file)).map((problem) => ({ path, ...problem }));
  });
}

function problemsOf(file: string, text: string | undefined): readonly Omit<Problem, "path">[] {
  if (text === undefined)
    return [
      {
        message: `"${file}" cannot be read`,
        hint: "Specify a file that you may read, relative to the environment file",
      },
    ];
  if (Credentials.safeParse(parsed(text)).success) return [];
  return [
    {
      message: `"${file}" is not JSON with exactly username and accessToken`,
      hint: 'Write {"username": "…", "accessToken": "…"} to it',
    },
  ];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
