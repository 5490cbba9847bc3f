import { z } from "zod";

const on = (what: string) => z.boolean().default(true).describe(what);
const off = (what: string) => z.boolean().default(false).describe(what);

/** Services of the platform that can be switched. */
export const Services = z.strictObject({
  observability: on("Logs, metrics, dashboards and alerts of orchestrator and edge nodes"),
  kyverno: on("Kyverno and its policies, which restrict what pods may do"),
  applicationOrchestration: on("Deployment of applications to edge clusters, with Harbor and Fleet"),
  clusterOrchestration: on("Creation of Kubernetes clusters on edge nodes"),
  edgeInfrastructure: on("Onboarding and management of edge nodes"),
  ui: on("Web user interface"),
  sre: off("Exporter of service levels to a Prometheus server of the operator"),
  alertEmails: off("E-mails on alerts, through an SMTP server of the operator"),
  singleTenancy: off("One organisation and project, created at installation, instead of many"),
  vpro: off(
    "Management of edge nodes with Intel vPro, also when they are switched off; with a network load balancer on port 4433, host mps (about 17 USD a month)",
  ),
  autoscaling: off("The platform's own cluster autoscaler and vertical pod autoscaler"),
  explicitProxy: off("Squid, a proxy for edge nodes in the cluster"),
});

/** The switches. */
export type Services = z.output<typeof Services>;
