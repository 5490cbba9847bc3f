import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Every type of resource of these providers that a built-in layer can create, by the imports of its classes. */
export function builtInTypes(providers: readonly string[] = ["aws"]): readonly string[] {
  return providers.flatMap((provider) =>
    typesOf(new RegExp(`provider-${provider}/lib/(?!data-|provider")([\\w-]+)"`, "g")).map(
      (name) => `${provider}_${name}`,
    ),
  );
}

/** Every AWS data source that a built-in layer can read. */
export function builtInDataSources(): readonly string[] {
  return typesOf(/provider-aws\/lib\/data-aws-([\w-]+)"/g).map((name) => `data.aws_${name}`);
}

function typesOf(imported: RegExp): readonly string[] {
  const sources = ["modules", "lib"].flatMap((folder) => {
    const root = join(__dirname, "..", folder);
    const files = readdirSync(root, { recursive: true, encoding: "utf8" });
    return files.filter((file) => file.endsWith(".ts")).map((file) => readFileSync(join(root, file), "utf8"));
  });
  const names = sources.flatMap((text) => [...text.matchAll(imported)].map(([, name = ""]) => name));
  return [...new Set(names)].map((name) => name.replaceAll("-", "_"));
}
