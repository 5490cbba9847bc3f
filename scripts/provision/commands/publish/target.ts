import { exitCodes, UserError } from "../../../../lib/errors";
import type { Publishing } from "../../../../lib/layer/publishing";
import { suggestion } from "../../../../lib/suggestions";
import { usageError } from "../../command-line/usage-error";
import type { Asked } from "../../run/command";
import { publishingOf, releaseServiceApplied as applied } from "../../run/publishing";
import type { PublishRun } from "./index";

/** Where something is published. */
export interface Target {
  readonly places: Publishing;
  /** Name of the repository, without the prefix in ECR. */
  readonly name: string;
  readonly tag: string;
}

/** The target that --to names; throws if the environment file has no such repository. */
export function targetOf(asked: Asked<PublishRun>): Target {
  const { request, file } = asked;
  // https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests
  const [, name, tag] = /^([^:]+):([A-Za-z0-9_][A-Za-z0-9._-]{0,127})$/.exec(request.to) ?? [];
  if (name === undefined || tag === undefined)
    throw usageError(
      `"${request.to}" is not <name>:<tag>, with a tag of letters, digits and . _ -`,
      request.command,
    );
  const places = publishingOf(asked, "publish to");
  if (request.store === "files" || places.repositories.includes(name)) return { places, name, tag };
  const similar = suggestion(name, places.repositories);
  const known = places.repositories.map((repository) => `"${repository}"`).join(", ");
  throw new UserError(
    `Cannot publish to "${name}": ${file} has ${known === "" ? "no repositories" : `the repositories ${known}`}`,
    similar === undefined
      ? `Add it to layers.release-service.repositories, then run: ${applied(asked)}`
      : `Did you mean --to ${similar}:${tag}?`,
    exitCodes.preflightFailed,
  );
}
