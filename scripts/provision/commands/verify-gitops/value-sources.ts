import { parse } from "yaml";
import { z } from "zod";
import type { BrokenApplication, RenderedApplication } from "../../../../gitops/expectations/application";
import { releaseNames, releases } from "../../../../gitops/releases/index";
import { withoutEnvironmentValues } from "../../../../gitops/releases/required-applications";
import type { Checkout } from "./checkout";

/**
 * Applications of a release whose values of the environment are gone: Helm gives the empty text for a file that a chart lacks,
 * https://helm.sh/docs/chart_template_guide/accessing_files/
 */
export function withoutValues(
  checkout: Pick<Checkout, "read">,
  chart: string,
  applications: readonly Pick<RenderedApplication, "name">[],
): readonly BrokenApplication[] {
  const known = releaseNames.flatMap((name) => releases[name].applications);
  return applications
    .filter(({ name }) => known.includes(name) && !withoutEnvironmentValues.includes(name))
    .map(({ name }) => ({ name, file: `custom/${name}.tpl` }))
    .filter(({ file }) => isBlank(checkout.read(`${chart}/${file}`) ?? ""))
    .map(({ name, file }) => ({ name, parts: [file] }));
}

/** Nothing but comments of YAML. */
function isBlank(text: string): boolean {
  return text.split("\n").every((line) => /^\s*(#.*)?$/.test(line));
}

const File = z.object({ argo: z.object({ enabled: z.record(z.string(), z.unknown()) }) });

/** The applications that value files switch off by name; the last file that names one decides. */
export function switchedOffIn(
  checkout: Pick<Checkout, "read">,
  valueFiles: readonly string[],
): readonly string[] {
  const switches = valueFiles.flatMap((file) => {
    const found = File.safeParse(parse(checkout.read(file) ?? "")).data;
    return Object.entries(found?.argo.enabled ?? {});
  });
  return Object.entries(Object.fromEntries(switches)).flatMap(([name, on]) => (on === false ? [name] : []));
}
