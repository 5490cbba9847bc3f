import type { World } from "../world/index";

/** The first release with state locking in S3. */
export const oldestRelease = "1.11";

/** How to get a Terraform that can be used; one that the caller names is not replaced by another. */
export function terraformCure({ environment, downloads }: Pick<World, "environment" | "downloads">): string {
  const install = `Install Terraform ${oldestRelease} or later (https://developer.hashicorp.com/terraform/install)`;
  if (environment["TERRAFORM_BINARY_NAME"] !== undefined)
    return `${install}, and set TERRAFORM_BINARY_NAME to it, or unset it`;
  return `${install}, set TERRAFORM_BINARY_NAME, or let --install-tools fetch OpenTofu ${downloads.openTofu.version}`;
}
