import { problemsOf } from "../../lib/layer/waiting-rules";
import { offeringsCheck } from "../../lib/aws-facts/instance-offerings";
import { instanceTypeProblems } from "../../lib/aws-facts/instance-type-rules";
import { defineLayer } from "../../lib/layer/layer";
import { text } from "../../lib/layer/outputs";
import { audit } from "../audit/layer";
import { kms } from "../kms/layer";
import { vpc } from "../vpc/layer";
import { addNatAlarms } from "./alarms";
import { addOperatorAccess } from "./bastion/operator-access";
import { endpointProblems } from "./endpoints/checks";
import { addInterfaceEndpoints } from "./endpoints/endpoints";
import { endpointsCheck } from "./endpoints/preflight";
import { addFlowLogs } from "../../lib/constructs/flow-logs";
import { scale } from "./scale";
import { Settings } from "./settings";

const bastionType = ["layers", "network-operations", "bastion", "instanceType"];

/**
 * What operators see of the network, how they enter it, and private ways to AWS services. Apart from the network, which waits
 * for no key and no topic, and whose NAT gateways serve until the endpoints are there.
 */
export const networkOperations = defineLayer({
  name: "network-operations",
  summary: "Interface endpoints, bastion with a log of its sessions, flow logs, alarms on NAT gateways",
  settings: Settings,
  scale,
  needs: { kms, audit, vpc },
  outputs: {
    bastionInstanceId: text("Instance for SSM sessions", /^i-/),
    sessionDocumentName: text("SSM document that logs the sessions started with it"),
  },
  check: (given) =>
    problemsOf(
      () => endpointProblems(given),
      () => instanceTypeProblems(bastionType, given.settings.bastion.instanceType),
    ),
  preflight: ({ environment, settings: { bastion, interfaceEndpoints } }) => [
    offeringsCheck("instance type of the bastion", [
      {
        setting: bastionType.join("."),
        instanceType: bastion.instanceType,
        zones: environment.zones.slice(0, 1),
      },
    ]),
    ...(interfaceEndpoints.length === 0 ? [] : [endpointsCheck(environment, interfaceEndpoints)]),
  ],
  bastion: ({ outputs }) => outputs.bastionInstanceId,
  build(stack, { settings, needs, from }) {
    const logKeyArn = from.kms.keyArns.at("logs");
    const { vpcId, natGatewayIds, privateSubnetIds, bastionSecurityGroupId } = from.vpc;
    const { zones } = stack.environment;
    addInterfaceEndpoints(stack, {
      vpcId,
      cidrs: [needs.vpc.cidr, ...needs.vpc.additionalCidrs],
      services: settings.interfaceEndpoints,
      subnetIds: zones.map((zone) => privateSubnetIds.at(zone)),
    });
    addFlowLogs(stack, {
      vpcId,
      name: "vpc-flow",
      tag: "flow",
      description: "Writes the VPC's flow logs",
      keyArn: logKeyArn,
      retentionInDays: settings.flowLogRetentionDays,
    });
    const { network } = needs.vpc;
    if (network.source === "new")
      addNatAlarms(stack, { ...network, natGatewayIds, topicArn: from.audit.topicArn });
    const [zone] = zones;
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
