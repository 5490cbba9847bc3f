import type { Cases } from "../case";

const boundary = { permissions_boundary: "arn:aws:iam::111122223333:policy/guardrails" };
const path = { path: "/edge/" };

export const iamEntityCases = {
  "permissions-boundaries": {
    passing: { aws_iam_role: { nodes: { ...boundary }, pods: { ...boundary } } },
    violating: {
      aws_iam_role: {
        nodes: { ...boundary },
        pods: { ...boundary },
        bastion: { permissions_boundary: "arn:aws:iam::aws:policy/AdministratorAccess" },
      },
      aws_iam_user: { operator: {} },
    },
  },
  "entity-paths": {
    passing: {
      aws_iam_role: { nodes: { ...path } },
      aws_iam_policy: { read: { ...path } },
      aws_iam_instance_profile: { bastion: { ...path } },
    },
    violating: {
      aws_iam_role: { nodes: { ...path }, pods: { ...path }, bastion: { path: "/" } },
      aws_iam_policy: { read: {} },
      aws_iam_instance_profile: { bastion: { path: "/other/" } },
    },
  },
} satisfies Cases;
