import { offeringsCheck } from "../../lib/aws-facts/instance-offerings";
import { instanceTypeProblems } from "../../lib/aws-facts/instance-type-rules";
import { defineLayer } from "../../lib/layer/layer";
import { text } from "../../lib/layer/outputs";
import { audit } from "../audit/layer";
import { kms } from "../kms/layer";
import { vpc } from "../vpc/layer";
import { addNatAlarms } from "./alarms";
import { addOperatorAccess } from "./bastion/operator-access";
import { addFlowLogs } from "./flow-logs";
import { Settings } from "./settings";

const bastionType = ["layers", "network-operations", "bastion", "instanceType"];

/** What operators see of the network and how they enter it. Apart from the network, which waits for no key and no topic. */
export const networkOperations = defineLayer({
  name: "network-operations",
  summary: "Bastion with a log of its sessions, flow logs of the VPC, alarms on NAT gateways",
  settings: Settings,
  needs: { kms, audit, vpc },
  outputs: {
    bastionInstanceId: text("Instance for SSM sessions", /^i-/),
    sessionDocumentName: text("SSM document that logs the sessions started with it"),
  },
  check: ({ settings }) => instanceTypeProblems(bastionType, settings.bastion.instanceType),
  preflight: ({ environment, settings }) => [
    offeringsCheck("instance type of the bastion", [
      {
        setting: bastionType.join("."),
        instanceType: settings.bastion.instanceType,
        zones: environment.zones.slice(0, 1),
      },
    ]),
  ],
  bastion: ({ outputs }) => outputs.bastionInstanceId,
  build(stack, { settings, needs, from }) {
    const logKeyArn = from.kms.keyArns.at("logs");
    const { vpcId, natGatewayIds, privateSubnetIds, bastionSecurityGroupId } = from.vpc;
    addFlowLogs(stack, { vpcId, keyArn: logKeyArn, retentionInDays: settings.flowLogRetentionDays });
    if (needs.vpc.network.source === "new") addNatAlarms(stack, natGatewayIds, from.audit.topicArn);
    const [zone] = stack.environment.zones;
    // The schema of the environment requires three.
    if (zone === undefined) throw new Error("The environment has no zone");
    return addOperatorAccess(stack, {
      settings: settings.bastion,
      subnetId: privateSubnetIds.at(zone),
      securityGroupId: bastionSecurityGroupId,
      logKeyArn,
      bastionKeyArn: from.kms.keyArns.at("eks"),
    });
  },
});
