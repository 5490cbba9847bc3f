import { exitCodes } from "../../../../lib/errors";
import { option } from "../../command-line/option";
import { defineCommand, type RunWith } from "../../run/command";

const options = {
  file: option.required("--file <path>", "what to publish; also without --file, after the command"),
  to: option.required(
    "--to <name:tag>",
    "repository, of layers.release-service.repositories, and the tag, which must not exist there",
  ),
  as: {
    ...option.value(
      "--as <kind>",
      "file: an OCI artefact and a file for downloads; image: an OCI layout, as a folder or tar, with all its platforms; default: image for what is an OCI layout, else file",
    ),
    choices: ["file", "image"],
  },
  store: {
    ...option.value(
      "--store <store>",
      "registry or files: where a file goes; default: both. Images go to the registry",
    ),
    choices: ["registry", "files"],
  },
  path: option.value(
    "--path <path>",
    "path of the file for downloads; default: <name>/<tag>/<name of the file>",
  ),
  artifactType: option.value(
    "--artifact-type <type>",
    "media type of the artefact; default: application/vnd.unknown.artifact.v1",
  ),
  annotation: option.list(
    "--annotation <key=value>",
    "annotation of the artefact, besides its title, version, time of creation ($SOURCE_DATE_EPOCH) and revision ($GITHUB_SHA or $CI_COMMIT_SHA)",
  ),
  dryRun: option.flag(
    "--dry-run",
    "print what would be uploaded, and upload nothing; needs credentials, to look for the tag and the file",
  ),
  format: option.format("text", "json"),
};

/** A run of `provision publish`. */
export type PublishRun = RunWith<typeof options>;

/** `provision publish`. */
export const publish = defineCommand({
  name: "publish",
  verb: "publish to",
  summary: "publish a file or an image in the release service of an environment",
  examples: [
    ["publish installer.tgz --to edge-orch/installer:v1.0 --env prod", "into its registry and its bucket"],
    ["publish agent.tar --to edge-orch/agent:v1.0 --env prod", "an image for every platform in the archive"],
    ["publish installer.tgz --to edge-orch/installer:v1.0 --env prod --dry-run", "what would be uploaded"],
  ],
  options,
  argument: "file",
  uses: {
    terraform: false,
    asksAws: "a token of ECR, and for what the registry and the bucket have",
    rehearsal: "no",
    selection: "every",
    synthesis: "none",
  },
  exits: {
    [exitCodes.done]: "published, now or before with the same content",
    [exitCodes.failed]: "the tag or the path has other content, or AWS refuses it; run it again to continue",
    [exitCodes.preflightFailed]: "the release service is disabled, or has no such repository",
  },
  load: () => import("./publish.ts"),
});
