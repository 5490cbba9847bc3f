import { findingsOf } from "../../../../gitops/expectations/compare";
import { z } from "zod";
import { applicationsOf } from "../../../../gitops/expectations/complete";
import { expectedBy } from "../../../../gitops/expectations/expected";
import { platformOf } from "../../../../gitops/expectations/platform-of";
import { type HandedOver, handedOver } from "../../../../gitops/expectations/provided/handed-over";
import { provisionsOf } from "../../../../gitops/expectations/provided/index";
import { withoutSwitchedOff } from "../../../../gitops/expectations/switched-off";
import type { ReleaseName } from "../../../../gitops/releases/index";
import { exitCodes, UserError } from "../../../../lib/errors";
import { readEnvironment } from "../../../../synthesis/read";
import type { SynthesisedJson } from "../../../../synthesis/environment";
import { openCheckout } from "./checkout";
import { helmRender } from "./helm";
import type { VerifyGitopsRun } from "./index";
import { releaseOf, withRelease } from "./release";
import { renderApplications } from "./render";
import { reportDocument, reportText } from "./text";

/** Compares what the charts of a checkout expect with what is synthesised; returns 1 when something is missing. */
export async function handle(run: VerifyGitopsRun): Promise<number> {
  const { world, request, screen, loaded } = run;
  const release = releaseOf(run);
  const checkout = openCheckout(world.files, request.emf, release);
  const synthesised = await synthesisedFor(run, release);
  const given = handOver(synthesised, run);
  const render = helmRender(world, screen, { environment: run.environment, ownFiles: ownFiles(run) });
  const rendered = await run.events.step("rendering the applications", () =>
    renderApplications({ files: world.files, checkout, render }, given),
  );
  const { applications, obstacles } = rendered;
  const { services } = platformOf(loaded);
  const whole = applicationsOf({ ...rendered, release, services });
  const expected = expectedBy(applications, given.names);
  const all = [...obstacles, ...whole.expectations, ...expected.expectations];
  const { needed: expectations, notNeeded } = withoutSwitchedOff(all, services);
  const provided = [...provisionsOf(synthesised, given.names), ...whole.provided];
  const findings = findingsOf({ ...expected, expectations }, provided);
  const report = {
    environment: loaded.environment.name,
    release,
    checkout: checkout.version,
    applications: applications.length,
    expectations: new Set(expectations.map(({ kind, name }) => `${kind} ${name}`)).size,
    notNeeded,
    findings,
  };
  if (request.format === "json") screen.verbatim(reportDocument(report));
  else screen.print(reportText(screen, report));
  return findings.length === 0 ? exitCodes.done : exitCodes.failed;
}

const OwnFiles = z.object({ repository: z.object({ valueFiles: z.array(z.string()) }) });

/** How an environment file names its own value files, if it has any. */
function ownFiles({ loaded, file }: VerifyGitopsRun): string | undefined {
  const { success } = OwnFiles.safeParse(loaded.settings["argocd"]);
  return success ? `layers.argocd.repository.valueFiles in ${file}` : undefined;
}

/** The layers as the run has them, or as they would be with another release. */
function synthesisedFor(run: VerifyGitopsRun, release: ReleaseName): Promise<SynthesisedJson> {
  const { world, loaded, layers, folders } = run;
  if (release === platformOf(loaded).release)
    return Promise.resolve(readEnvironment(world.files, folders.synthesised, layers));
  return withRelease(run, release);
}

function handOver(synthesised: SynthesisedJson, { loaded, file }: VerifyGitopsRun): HandedOver {
  const given = handedOver(synthesised, loaded.environment);
  if (given !== undefined) return given;
  throw new UserError(
    `Cannot verify ${file}: its layers have no root application that Argo CD would deploy`,
    `Add the layer argocd to ${file}`,
  );
}
