import type { Problem } from "../../../lib/layer/layer";
import { objectsChart } from "../plain-objects";
import type { Settings } from "../settings";

/** Private repositories of ECR: https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html */
const privateRegistry = /^oci:\/\/\d{12}\.dkr[.-]ecr\./;

/** Reports a place of the chart that renders applications at which Terraform can read it, but not Argo CD, which renders them. */
export function rendererProblems({
  applications,
  chartRepositories,
}: Pick<Settings, "applications" | "chartRepositories">): readonly Problem[] {
  const repository = chartRepositories[objectsChart.chart];
  if (applications.length === 0 || !privateRegistry.test(repository)) return [];
  return [
    {
      path: ["layers", "argocd", "chartRepositories", objectsChart.chart],
      message: `"${repository}" needs a login, which Argo CD does not have: it renders layers.argocd.applications with this chart`,
      hint: "Use a mirror that is read without credentials, or remove the entry, for the chart of its publisher",
    },
  ];
}
