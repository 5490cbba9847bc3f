import { expect, test } from "vitest";
import { saysAbsent, saysSomeAbsent } from "../../scripts/provision/runner/lost-objects/absence";

const candidate = (address: string, id: string) => ({ address, id, by: "name" as const });
const terraform = (address: string) =>
  `Error: Cannot import non-existent remote object\n\nWhile attempting to import an existing object to ${address}, the provider detected that no object exists with the given id.`;
const table = candidate("aws_route_table_association.a", "subnet-1/rtb-1");
const release = candidate("helm_release.argocd", "argocd/argo-cd");
const account = candidate("kubernetes_service_account_v1.a", "argocd/server");

test.each([
  [candidate("aws_vpc.vpc", "vpc-1"), terraform('"aws_vpc.vpc"')],
  [candidate('aws_subnet.one["a"]', "subnet-1"), terraform('"aws_subnet.one[\\"a\\"]"')],
  [table, "Error: No association found between route table ID rtb-1 and target ID subnet-1"],
  [release, "Error: Error getting release\n\nUnable to get Helm release argo-cd: release: not found"],
  [account, 'Error: Unable to fetch service account from Kubernetes: serviceaccounts "server" not found'],
])("%s does not exist, says: %s", (one, error) => {
  expect(saysAbsent(error, one)).toBe(true);
});

test.each([
  [candidate("aws_vpc.vpc", "vpc-1"), terraform('"aws_vpc.vpc2"')],
  [candidate("aws_vpc.vpc", "vpc-1"), "Error: reading EC2 VPC (vpc-1): AccessDenied\n\n  with aws_vpc.vpc,"],
  [table, "Error: No association found between route table ID rtb-1 and target ID subnet-12"],
  [release, "Error: Error getting release\n\nUnable to get Helm release argo: release: not found"],
  [account, "Error: Unable to fetch service account from Kubernetes: Unauthorized"],
])("of %s, nothing is said by: %s", (one, error) => {
  expect(saysAbsent(error, one) || saysSomeAbsent(error)).toBe(false);
});
