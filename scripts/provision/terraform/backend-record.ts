import { jsonOrUndefined } from "../run/json";
import type { Files } from "../world/index";

/** Where Terraform keeps which backend a folder is initialised for, https://developer.hashicorp.com/terraform/cli/init */
const record = ".terraform/terraform.tfstate";

/**
 * Removes the record of a folder's backend if it is cut short, as on a disk that was full: Terraform writes it in place, no init succeeds
 * with a part of it, and each writes it again.
 */
export function removeCutRecord(files: Pick<Files, "read" | "remove">, folder: string): void {
  const path = `${folder}/${record}`;
  const text = files.read(path);
  if (text !== undefined && jsonOrUndefined(text) === undefined) files.remove(path);
}
