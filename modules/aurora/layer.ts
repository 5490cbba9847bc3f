import { defineLayer } from "../../lib/layer";
import { text } from "../../lib/outputs";
import { kms } from "../kms/layer";
import { vpc } from "../vpc/layer";
import { scale } from "./scale";
import { Settings } from "./settings";

/** The relational database of the orchestrator's services. */
export const aurora = defineLayer({
  name: "aurora",
  summary: "Aurora PostgreSQL, serverless v2, spread over the zones",
  settings: Settings,
  scale,
  needs: { kms, vpc },
  outputs: {
    clusterIdentifier: text("Identifier of the database cluster"),
    clusterArn: text("ARN of the database cluster", /:rds:.*:cluster:/),
    clusterResourceId: text("Resource ID that IAM policies for database logins name", /^cluster-/),
    endpoint: text("Host that accepts writes"),
    readerEndpoint: text("Host that spreads reads over the replicas"),
    masterUserSecretArn: text(
      "Secrets Manager entry with the master user's name and password",
      /:secretsmanager:/,
    ),
    securityGroupId: text("Security group of the database; whoever connects adds its own rule", /^sg-/),
  },
  build() {
    throw new Error("not built yet");
  },
});
