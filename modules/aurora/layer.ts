import { defineLayer } from "../../lib/layer/layer";
import { byKey, text } from "../../lib/layer/outputs";
import { audit } from "../audit/layer";
import { kms } from "../kms/layer";
import { vpc } from "../vpc/layer";
import { addAlarms } from "./alarms";
import { checkDatabase } from "./checks";
import { addCluster } from "./cluster";
import { addDatabaseSecrets } from "./database-secrets";
import { databases, databaseServer } from "./databases";
import { databaseEndpoint } from "./endpoints";
import { clusterIdentifier, newerVersionQuestion, versionPreflight } from "./engine-version";
import { addEventSubscriptions } from "./events";
import { addInstances } from "./instances";
import { snapshotsQuestion } from "./leftovers";
import { addMonitoringRole } from "./monitoring";
import { addNetwork } from "./network";
import { offerPreflight } from "./offer";
import { addInstanceParameters, addParameters } from "./parameters";
import { restorableDatabase } from "./restore";
import { scale } from "./scale";
import { majorVersion, Settings } from "./settings";

/** The relational database of the orchestrator's services. */
export const aurora = defineLayer({
  name: "aurora",
  summary: "Aurora PostgreSQL Serverless v2 across the zones",
  settings: Settings,
  scale,
  needs: { kms, audit, vpc },
  outputs: {
    clusterIdentifier: text("Identifier of the database cluster"),
    clusterArn: text("ARN of the database cluster", /:rds:.*:cluster:/),
    clusterResourceId: text(
      "Resource ID of the cluster, for IAM database authentication policies",
      /^cluster-/,
    ),
    endpoint: text("Writer endpoint"),
    readerEndpoint: text("Reader endpoint, which balances connections over the replicas"),
    masterUserSecretArn: text(
      "Secrets Manager secret with the master user's name and password",
      /:secretsmanager:/,
    ),
    securityGroupId: text("Security group of the database, which allows the nodes and the bastion", /^sg-/),
    databaseSecretArns: byKey(
      "Secrets Manager secret with host, port, database, user and password, by application",
      databases.map(({ id }) => id),
    ),
    subnetGroupName: text("Subnet group of the database, also needed to restore it"),
  },
  check: checkDatabase,
  preflight: ({ environment, settings }) => [
    ...versionPreflight(environment, settings),
    offerPreflight(environment, settings),
  ],
  leftovers: ({ environment }) => [snapshotsQuestion(environment)],
  survey: ({ environment, settings }) => [newerVersionQuestion(environment, settings)],
  restore: async ({ settings, outputs, from, stamp }) => {
    const { keyArns } = await from.kms();
    const { clusterIdentifier, clusterArn, subnetGroupName, securityGroupId } = outputs;
    const { minCapacityAcu, maxCapacityAcu } = settings;
    return restorableDatabase(
      {
        ...{ clusterIdentifier, clusterArn, subnetGroupName, securityGroupId },
        ...{ minCapacityAcu, maxCapacityAcu, dataKeyArn: keyArns.data },
      },
      stamp,
    );
  },
  databases: ({ outputs }) => databaseServer(outputs),
  endpoints: ({ environment, outputs }) => [databaseEndpoint(environment, outputs)],
  build(stack, { settings, from }) {
    const identifier = clusterIdentifier(stack.environment);
    const dataKeyArn = from.kms.keyArns.at("data");
    const { subnetGroup, securityGroup } = addNetwork(stack, from.vpc);
    const parameters = addParameters(stack, majorVersion(settings), settings.slowStatementMilliseconds);
    const instanceParameters = addInstanceParameters(stack, majorVersion(settings));
    const cluster = addCluster(stack, settings, {
      identifier,
      dataKeyArn,
      logsKeyArn: from.kms.keyArns.at("logs"),
      subnetGroupName: subnetGroup.name,
      securityGroupId: securityGroup.id,
      parameterGroupName: parameters.name,
      instanceParameterGroupName: instanceParameters.name,
    });
    const instances = addInstances(stack, settings, {
      cluster,
      identifier,
      dataKeyArn,
      monitoringRoleArn: addMonitoringRole(stack, identifier).arn,
      parameterGroupName: instanceParameters.name,
    });
    addEventSubscriptions(stack, from.audit.topicArn, {
      "db-cluster": [cluster.id],
      "db-instance": instances,
      "db-parameter-group": [instanceParameters.name],
      "db-security-group": [],
    });
    addAlarms(stack, settings, { identifier, topicArn: from.audit.topicArn });
    return {
      clusterIdentifier: cluster.clusterIdentifier,
      clusterArn: cluster.arn,
      clusterResourceId: cluster.clusterResourceId,
      endpoint: cluster.endpoint,
      readerEndpoint: cluster.readerEndpoint,
      masterUserSecretArn: cluster.masterUserSecret.get(0).secretArn,
      securityGroupId: securityGroup.id,
      databaseSecretArns: addDatabaseSecrets(stack, {
        cluster,
        keyArn: dataKeyArn,
        passwordVersion: settings.passwordVersion,
      }),
      subnetGroupName: subnetGroup.name,
    };
  },
});
