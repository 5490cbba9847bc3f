import { exitCodes, UserError } from "../../../../lib/errors";
import type { Publishing } from "../../../../lib/layer/publishing";
import { suggestion } from "../../../../lib/suggestions";
import { commandLine } from "../../command-line/request";
import { usageError } from "../../command-line/usage-error";
import type { Asked } from "../../run/command";
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
  const places = placesOf(asked);
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

function placesOf(asked: Asked<PublishRun>): Publishing {
  const { layers, loaded, file } = asked;
  const layer = layers.find((known) => known.publishing !== undefined);
  const { environment, settings } = loaded;
  const places = layer?.publishing?.({ environment, settings: settings[layer.name] });
  if (places !== undefined) return places;
  throw new UserError(
    `Cannot publish to "${environment.name}": layers.release-service.enabled is false in ${file}`,
    `Set it to true, then run: ${applied(asked)}`,
    exitCodes.preflightFailed,
  );
}

/** The command that creates what a target needs. */
export function applied({ request }: Pick<Asked<PublishRun>, "request">): string {
  // Options of another command are read by the names that it declares.
  return `${commandLine(request, { command: "apply" })} --only release-service`;
}
