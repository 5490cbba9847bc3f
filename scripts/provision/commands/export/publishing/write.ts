import { exitCodes, UserError } from "../../../../../lib/errors";
import { suggestion } from "../../../../../lib/suggestions";
import { usageError } from "../../../command-line/usage-error";
import { publishingOf } from "../../../run/publishing";
import type { ExportRun } from "../index";
import { writeUnlessEdited } from "../written";
import { githubPublishing } from "./github";
import { gitlabPublishing } from "./gitlab";
import { publisherNamed } from "./publisher";

/** Writes what publishes in the pipelines of one publisher, into that publisher's repository. */
export function writePublishing(run: ExportRun, name: string): Promise<number> {
  const { out, ci } = run.request;
  if (out === undefined)
    throw usageError("export --publisher takes --out <folder of the publisher's repository>", "export");
  const places = publishingOf(run, "export a publisher of");
  const publisher = publisherNamed(run.loaded.environment, places, name);
  if (publisher === undefined) throw unknown(run, name, Object.keys(places.publishers));
  const { source, job } = publisher;
  if (source === "other")
    throw new UserError(
      `Cannot export the publisher "${name}": its source is "other", and files are written for github and gitlab`,
      `Let its pipeline assume ${publisher.roleArn}, and run provision publish: ${guide(run)}`,
      exitCodes.preflightFailed,
    );
  if (ci !== undefined && ci !== source)
    throw usageError(`the publisher "${name}" is of ${source}, and --ci is ${ci}`, "export");
  if (source === "github")
    writeUnlessEdited(run, `.github/workflows/${job}.yml`, githubPublishing(publisher));
  else writeUnlessEdited(run, `.gitlab/${job}.yml`, gitlabPublishing(publisher));
  run.screen.print(`How to call it from the pipeline there: ${guide(run)}`);
  return Promise.resolve(exitCodes.done);
}

const guide = ({ world }: ExportRun) => world.product.fileNamed("docs/guides/publish.md");

function unknown(run: ExportRun, name: string, all: readonly string[]): UserError {
  const similar = suggestion(name, all);
  const known = all.map((each) => `"${each}"`).join(", ");
  return new UserError(
    `Cannot export the publisher "${name}": ${run.file} has ${known === "" ? "no publishers" : `the publishers ${known}`}`,
    similar === undefined
      ? "Add it to layers.release-service.publishers"
      : `Did you mean --publisher ${similar}?`,
    exitCodes.preflightFailed,
  );
}
