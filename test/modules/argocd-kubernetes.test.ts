import { describe, expect, test } from "vitest";
import { releaseNames, releases } from "../../gitops/releases";
import { defaultVersion, versions } from "../../lib/aws-facts/kubernetes-versions";
import {
  defaultArgocd,
  kubernetesProblems,
  kubernetesWarnings,
} from "../../modules/argocd/kubernetes-versions";
import { Settings } from "../../modules/argocd/settings";
import { loadConfig } from "../synth";

const { chartVersion } = defaultArgocd;
const of = (ranOn: readonly string[], allowed: readonly string[]) => ({
  name: "2026.0",
  kubernetes: { ranOn, allowed },
});

describe("the cluster's version", () => {
  test("is one of the table of the Argo CD that is installed by default", () => {
    expect(defaultArgocd.testedOn).toContain(defaultVersion);
    expect(Settings.parse({}).argocd.chartVersion).toBe(chartVersion);
  });

  test.each(releaseNames)("may be any that EKS supports with release %s", (name) => {
    const release = { name, ...releases[name] };
    for (const version of versions)
      expect(kubernetesProblems({ version, release, chartVersion })).toEqual([]);
  });

  test("is refused where the release is not installed on it", () => {
    expect(kubernetesProblems({ version: "1.36", release: of([], ["1.34", "1.35"]), chartVersion })).toEqual([
      {
        path: ["layers", "eks", "version"],
        message: '"1.36" is not a version that release 2026.0 of the platform is installed on',
        hint: "Set it to 1.34 or 1.35",
      },
    ]);
  });

  test("is warned of where the release's publisher has not deployed it, and Argo CD is not tested on it", () => {
    const release = of(["1.32"], versions);
    const messages = (version: "1.35" | "1.36", chart: string = chartVersion) =>
      kubernetesWarnings({ version, release, chartVersion: chart }).map(({ message }) => message);
    const untried =
      "is accepted, but release 2026.0 of the platform ran on 1.32 where its publisher deployed it";
    expect(messages("1.35")).toEqual([`"1.35" ${untried}`]);
    expect(messages("1.36")).toEqual([
      `"1.36" ${untried}`,
      '"1.36" is accepted, but Argo CD 3.3 is tested on 1.32, 1.33, 1.34, 1.35',
    ]);
    // What another chart's Argo CD is tested on is not known here.
    expect(messages("1.36", "99.0.0")).toEqual([`"1.36" ${untried}`]);
  });

  test("is not warned of where the release has run on it", () => {
    expect(kubernetesWarnings({ version: "1.35", release: of(["1.35"], versions), chartVersion })).toEqual(
      [],
    );
  });

  test("is warned of when a file is loaded", () => {
    const { warnings } = loadConfig({ config: "example" });
    expect(warnings.map(({ path }) => path)).toEqual([["layers", "eks", "version"]]);
  });
});
