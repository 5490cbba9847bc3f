import { ref } from "cdktf";
import type { LayerStack } from "../layer/stack";

/** A password that AWS generates in each run and Terraform does not store: for write-only arguments. */
export function generatedPassword(stack: LayerStack, id: string): string {
  const type = "aws_secretsmanager_random_password";
  // cdktf has no class for ephemeral resources.
  stack.addOverride(`ephemeral.${type}.${id}`, { password_length: 32, exclude_punctuation: true });
  return ref(`ephemeral.${type}.${id}.random_password`, stack).toString();
}
