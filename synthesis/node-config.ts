import { parse } from "yaml";
import { z } from "zod";
import type { Resource } from "./resource";

/** Kubelet's configuration in a NodeConfig, the file that configures nodes of Amazon Linux 2023. */
export type KubeletConfig = Readonly<Record<string, unknown>>;

const NodeConfig = z.object({
  kind: z.literal("NodeConfig"),
  spec: z.object({
    kubelet: z.object({ config: z.record(z.string(), z.unknown()).default({}) }).prefault({}),
  }),
});

/** The kubelet configuration that a launch template's user data contains itself. */
export function kubeletConfigInUserData(template: Resource): KubeletConfig {
  return merged(
    parts(template)
      .filter(([head]) => head.includes("application/node.eks.aws"))
      .map(([, body]) => body),
  );
}

/** The kubelet configuration in the files that scripts of the user data write to nodeadm's directory, which take precedence. */
export function kubeletConfigInFiles(template: Resource): KubeletConfig {
  const files =
    /^cat > \/etc\/eks\/nodeadm\.d\/\S+\.(?:ya?ml|json) <<'(?<end>\w+)'\n(?<content>[\s\S]*?)\n\k<end>$/gm;
  return merged(
    parts(template).flatMap(([, body]) =>
      [...body.matchAll(files)].map(({ groups }) => groups?.["content"] ?? ""),
    ),
  );
}

/** The MIME parts of the user data, each with its head. */
function parts(template: Resource): readonly (readonly [head: string, body: string])[] {
  const message = Buffer.from(template.texts("user_data")[0] ?? "", "base64").toString("utf8");
  const boundary = /boundary="(?<boundary>[^"]+)"/.exec(message)?.groups?.["boundary"];
  if (boundary === undefined) return [];
  return message
    .split(`\n--${boundary}`)
    .slice(1)
    .map((part) => {
      const [head = "", ...body] = part.replace(/^\n/, "").split("\n\n");
      return [head, body.join("\n\n")] as const;
    });
}

function merged(texts: readonly string[]): KubeletConfig {
  const configs = texts.flatMap((text) => {
    const read = NodeConfig.safeParse(parse(text));
    return read.success ? [read.data.spec.kubelet.config] : [];
  });
  return Object.assign({}, ...configs) as KubeletConfig;
}
