import { expect, test } from "vitest";
import { type ReleaseName, releaseNames, releases } from "../../gitops/releases";
import { requiredApplications, withoutEnvironmentValues } from "../../gitops/releases/required-applications";
import { Services } from "../../modules/platform/services";
import { examples, loadExample } from "./examples";
import { recordedApplications } from "./facts";
import { platformOf } from "../../gitops/expectations/platform-of";

/** Those that are deployed if the platform requests the certificate itself, and not required. */
const withOwnCertificate = ["botkube", "cert-synchronizer"];

test.each(examples)("what $title requires is what its charts render", (example) => {
  const required = requiredApplications(releases[example.release], platformOf(loadExample(example)).services);
  const { count, expecting } = recordedApplications(example);
  expect(required).toHaveLength(count - withOwnCertificate.length);
  expect([...required, ...withOwnCertificate]).toEqual(expect.arrayContaining([...expecting]));
});

const off = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, false]));
const clusters = ["applicationOrchestration", "clusterOrchestration"];

/** How many applications the charts of both releases were seen to render, 2025.2 first. */
test.each([
  ["without kyverno", off("kyverno"), [78, 79]],
  ["without observability", off("observability"), [75, 76]],
  ["without ui", off("ui"), [76, 77]],
  ["with explicitProxy", { explicitProxy: true }, [83, 84]],
  // 2025.2 keeps the web pages of services that are off.
  ["without applicationOrchestration", off("applicationOrchestration"), [66 - 1, 67]],
  ["without clusters", off(...clusters), [60 - 2, 60]],
  ["without edge nodes", off(...clusters, "edgeInfrastructure"), [55 - 3, 54]],
  ["without any service", off(...Object.keys(Services.shape)), [38, 40]],
] as const)("%s, fewer or more are required", (_, given, counts) => {
  const services = Services.parse(given);
  const count = (release: ReleaseName) => requiredApplications(releases[release], services).length;
  expect(releaseNames.toSorted().map(count)).toEqual(counts.map((seen) => seen - withOwnCertificate.length));
});

test("names in the tables are those of releases", () => {
  const known = releaseNames.flatMap((name) => releases[name].applications);
  expect(withoutEnvironmentValues.filter((name) => !known.includes(name))).toEqual([]);
});
