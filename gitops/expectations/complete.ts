import { type ReleaseName, releases } from "../releases/index";
import type { Services } from "../releases/platform-release";
import { requiredApplications } from "../releases/required-applications";
import type { BrokenApplication, RenderedApplication } from "./application";
import type { Expectation, Provision } from "./expectation";

/** What a checkout renders, and what it would be if it was whole. */
interface Comparison {
  readonly applications: readonly Pick<RenderedApplication, "name">[];
  readonly broken: readonly BrokenApplication[];
  readonly release: ReleaseName;
  readonly services: Readonly<Partial<Services>>;
  /** Applications that value files switch off by name. */
  readonly switchedOff: readonly string[];
}

/** The applications of a release with these services, and which of them a checkout renders so that they can be deployed. */
export function applicationsOf({ applications, broken, release, services, switchedOff }: Comparison): {
  readonly expectations: readonly Expectation[];
  readonly provided: readonly Provision[];
} {
  const of = { kind: "application" as const, application: "root-app", wave: 0 };
  const required = requiredApplications(releases[release], services)
    .filter((name) => !switchedOff.includes(name))
    .map((name) => ({ ...of, name, source: `release ${release}` }));
  const by = "the checkout";
  const flawed = broken.map(({ name, parts }) => ({
    ...of,
    name,
    keys: parts,
    source: "argocd/applications",
  }));
  const isWhole = ({ name }: { readonly name: string }) => broken.every((one) => one.name !== name);
  return {
    expectations: [...required, ...flawed],
    provided: [
      ...applications.filter(isWhole).map(({ name }) => ({ kind: "application" as const, name, by })),
      ...broken.map(({ name }) => ({ kind: "application" as const, name, keys: [], by })),
    ],
  };
}
