import type { Cases } from "../case";

const state = { "data.terraform_remote_state": { vpc: { backend: "s3" } } };

export const stateCases = {
  "remote-state-used": {
    passing: {
      ...state,
      aws_instance: { bastion: { subnet_id: "${data.terraform_remote_state.vpc.outputs.subnetIds}" } },
    },
    violating: {
      ...state,
      aws_instance: { bastion: { subnet_id: "${data.terraform_remote_state.network.outputs.subnetIds}" } },
    },
  },
} satisfies Cases;
