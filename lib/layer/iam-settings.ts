import { z } from "zod";
import { managedPolicyArn } from "./managed-policy";

/**
 * What IAM accepts as the path of a policy. It takes other characters in paths of roles, but Lambda takes no role with them:
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
 */
const pathPattern = /^(\/[A-Za-z0-9.,+@=_-]+)*\/$/;

const path = z
  .string()
  .regex(
    pathPattern,
    'must be an IAM path, which begins and ends with "/" and has letters, digits and . , + @ = _ - between, e.g. "/edge/"',
  )
  .max(512, "must have at most 512 characters")
  // "Path prefix '/aws-service-role/' can only be used for AWS Service linked Roles":
  // https://github.com/tilfin/aws-iam-policy-tool/pull/9
  .refine(
    (given) => !given.startsWith("/aws-service-role/"),
    'must not begin with "/aws-service-role/", which AWS keeps for service-linked roles',
  );

/** What organisations demand of every IAM role that is created in their accounts. */
export const iamSettings = z
  .strictObject({
    permissionsBoundaryArn: managedPolicyArn("arn:aws:iam::123456789012:policy/boundary")
      .optional()
      .describe(
        "ARN of the managed policy that is the permissions boundary of every IAM role; default: no boundary. It must allow what the roles do",
      ),
    path: path
      .default("/")
      .describe(
        "IAM path of every role, customer-managed policy and instance profile. A change replaces all of them, and with the roles the EKS cluster. A long path needs more policies of the deployer",
      ),
  })
  .prefault({})
  .describe("Permissions boundary and path of everything in IAM that the layers create");
