import { exitCodes } from "../../../../lib/errors";
import { githubWorkflow } from "./github-workflow";
import { gitlabPipeline } from "./gitlab-pipeline";
import type { ExportRun } from "./index";
import { pipelineOf } from "./steps";
import { writeUnlessEdited } from "./written";

/** The services that pipelines are written for; several environments have a file each. */
const services = {
  github: { path: (name: string) => `.github/workflows/${name}.yml`, text: githubWorkflow },
  gitlab: { path: (name: string) => `.gitlab/${name}.yml`, text: gitlabPipeline },
};

/** Writes the pipeline of an environment into a repository. */
export function writePipeline(run: ExportRun, service: keyof typeof services): Promise<number> {
  const { environment } = run.loaded;
  const validate = service === "github" ? service : "text";
  const body = services[service].text(pipelineOf(environment, run.request.env, { validate }));
  writeUnlessEdited(run, services[service].path(environment.name), body);
  const guide = run.world.product.fileNamed("docs/guides/pipeline.md");
  run.screen.print(`What to set up in AWS and in the repository: ${guide}`);
  warnOfMissingLock(run);
  return Promise.resolve(exitCodes.done);
}

/** The pipeline installs this program by `npm ci`, which an installation outside of the repository leaves out. */
function warnOfMissingLock({ request, screen, world }: ExportRun): void {
  const folder = request.out ?? ".";
  if (world.files.kind(`${folder}/package-lock.json`) === "file") return;
  const missing = `Its "npm ci" needs a package-lock.json, and ${folder === "." ? "this folder" : folder} has none.`;
  screen.print(
    screen.ink.yellow(`${missing} In that repository, run: npm install --save-exact <package of a release>`),
  );
}
