import { z } from "zod";

/** Name of a repository, without the environment's prefix in ECR. */
export const repositoryName = z
  .string()
  .regex(
    /^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/,
    'must be the name of a repository, e.g. "edge-orch/common/files"',
  )
  .max(200, "must have at most 200 characters");

/** Beginning of names of repositories or paths of files; no character of it has a meaning in policies of IAM. */
export const pathPrefix = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._/-]*\/$/,
    'must begin with a letter or digit and end with a slash, e.g. "edge-orch/common/"',
  );
