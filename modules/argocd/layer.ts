import { defineLayer } from "../../lib/layer";
import { text } from "../../lib/outputs";
import { efs } from "../efs/layer";
import { eks } from "../eks/layer";
import { kms } from "../kms/layer";
import { lbWaf } from "../lb-waf/layer";
import { vpc } from "../vpc/layer";
import { GitopsSettings } from "./settings";

/** What the cluster needs before it can deploy itself: Argo CD, a Git server, storage classes, bindings. */
export const argocd = defineLayer({
  name: "argocd",
  summary: "Argo CD, Gitea, storage classes, target group bindings and the root application",
  settings: GitopsSettings,
  needs: { kms, vpc, efs, eks, lbWaf },
  outputs: {
    namespace: text("Kubernetes namespace of Argo CD"),
    argocdUrl: text("Where Argo CD answers", /^https:\/\/argocd\./),
    giteaUrl: text("Where Gitea answers, unless it is disabled", /^https:\/\/gitea\./),
  },
  build() {
    throw new Error("not built yet");
  },
});
