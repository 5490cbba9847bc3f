import { secretForms } from "./secret-forms";
import type { Path } from "./setting-problem";
import { withoutUrlUsers } from "./url-users";

/** A path as people write it: `layers.vpc.zones[0]`, `tags["cost centre"]`. */
export function dotted(path: Path): string {
  return path
    .map((segment, index) => {
      if (typeof segment === "number") return `[${segment}]`;
      const shown = withoutUrlUsers(segment);
      if (secretForms(shown.replaceAll("://…@", "://")).length > 0) return '["…"]';
      if (!/^[\w-]+$/.test(segment)) return `[${JSON.stringify(shown)}]`;
      return index === 0 ? segment : `.${segment}`;
    })
    .join("");
}
