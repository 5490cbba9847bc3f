import {
  type BrokenApplication,
  type RenderedApplication,
  renderedApplications,
} from "../../../../gitops/expectations/application";
import type { Expectation } from "../../../../gitops/expectations/expectation";
import { handOverDifferences, ownHandOver } from "../../../../gitops/expectations/hand-over";
import type { HandedOver } from "../../../../gitops/expectations/provided/handed-over";
import { renderYaml, type YamlObject } from "../../../../gitops/yaml";
import { exitCodes, UserError } from "../../../../lib/errors";
import type { Files } from "../../world/index";
import type { Checkout } from "./checkout";
import type { Render } from "./helm";
import { switchedOffIn, withoutValues } from "./value-sources";

/** What is rendered, and with which tools. */
interface Given {
  readonly files: Files;
  readonly checkout: Checkout;
  readonly render: Render;
}

/** The applications of a checkout for an environment, and what keeps the root application from rendering them so. */
export interface Rendered {
  readonly applications: readonly RenderedApplication[];
  readonly broken: readonly BrokenApplication[];
  /** Applications that value files switch off by name. */
  readonly switchedOff: readonly string[];
  readonly obstacles: readonly Expectation[];
}

/** Renders the applications as Argo CD would, from the value files that exist. */
export async function renderApplications(given: Given, handedOver: HandedOver): Promise<Rendered> {
  const { checkout } = given;
  const { valueFiles, values, path, names } = handedOver;
  const existing = valueFiles.filter(checkout.has).map((file) => `${checkout.folder}/${file}`);
  const ofChart = async (chart: string, own: YamlObject, files: readonly string[]) => {
    const folder = given.files.temporary();
    const file = `${folder}/values.yaml`;
    try {
      given.files.write(file, renderYaml(own), "secret");
      const wanted = { chart: `${checkout.folder}/${chart}`, namespace: names.environment };
      return await given.render({ ...wanted, valueFiles: [...files, file] });
    } finally {
      given.files.remove(folder);
    }
  };
  const root = { useLocalValues: true, clusterValues: valueFiles };
  const own = ownHandOver(await ofChart("argocd/root-app", { ...values, root }, []));
  if (own === undefined) throw withoutRoot(checkout);
  const { applications: ours, broken } = renderedApplications(await ofChart(path, values, existing));
  if (ours.length + broken.length === 0) throw withoutApplications(checkout, path);
  const theirs = renderedApplications(await ofChart(path, own.helm.valuesObject, existing)).applications;
  return {
    applications: ours,
    broken: [...broken, ...withoutValues(checkout, path, ours)],
    switchedOff: switchedOffIn(checkout, valueFiles),
    obstacles: [
      ...valueFiles.filter((file) => !checkout.has(file)).map(missingFile),
      ...handOverDifferences(own, { handedOver, ours, theirs }),
    ],
  };
}

function missingFile(name: string): Expectation {
  return { kind: "value-file", name, application: "root-app", wave: 0, source: "valueFiles" };
}

function withoutApplications({ folder }: Checkout, path: string): UserError {
  return new UserError(
    `Cannot verify with "${folder}": its chart "${path}" renders no Application`,
    "Check that the checkout is unchanged",
    exitCodes.preflightFailed,
  );
}

function withoutRoot({ folder }: Checkout): UserError {
  return new UserError(
    `Cannot verify with "${folder}": its chart "argocd/root-app" renders no Application with values`,
    "Check that the checkout is unchanged",
    exitCodes.preflightFailed,
  );
}
