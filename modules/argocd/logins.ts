import type { Login } from "../../lib/layer/login";
import type { Published } from "../../lib/layer/outputs";
import type { platform } from "../platform/layer";
import type { Settings } from "./settings";

const regenerate = "Increase layers.platform.passwordVersion and apply the layers platform and argocd";

/** The administrators of Argo CD, of Gitea if it is installed, and of Keycloak, which Argo CD deploys. */
export function platformLogins(
  {
    settings: { argocd, gitea },
    domain,
  }: { readonly settings: Pick<Settings, "argocd" | "gitea">; readonly domain: string },
  published: {
    readonly urls: { readonly argocdUrl: string; readonly giteaUrl: string };
    readonly secretArns: Published<typeof platform.outputs>["userSecretArns"];
  },
): readonly Login[] {
  const { urls, secretArns } = published;
  const generated = (user: string) => {
    const secretArn = secretArns[user];
    if (secretArn === undefined) throw new Error(`the layer platform generates no password for "${user}"`);
    return { secretArn, repair: regenerate };
  };
  const given = argocd.adminPasswordSecretArn;
  const admin =
    given === undefined
      ? generated("argocd-admin")
      : { secretArn: given, repair: `Store JSON with the key password in "${given}"` };
  return [
    { program: "argocd", user: "admin", url: urls.argocdUrl, ...admin },
    ...(gitea.enabled
      ? [{ program: "gitea" as const, user: "gitea-admin", url: urls.giteaUrl, ...generated("gitea-admin") }]
      : []),
    {
      program: "keycloak",
      user: "admin",
      url: `https://keycloak.${domain}`,
      ...generated("keycloak-admin"),
    },
  ];
}
