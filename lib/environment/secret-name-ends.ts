/** Ends of names whose values are passwords, as parts of a regular expression without regard to case. */
export const passwordNames = "password|passwd|passphrase";

/** Ends of names whose values are secrets. */
export const secretNames = [
  `${passwordNames}|secret|token|(?<!x-(?:amz|goog)-)credentials?|(?<=[_;])(?:pwd|pass)|sshpass|(?<=_)pat`,
  String.raw`(?:api|private|access|secret|account|shared)[-_]?key(?:[-_]?id)?`,
  String.raw`secret[-_]?(?:string|binary)|x-(?:amz|goog)-signature|\.dockerconfigjson`,
  // https://developer.hashicorp.com/terraform/cli/config/config-file#environment-variable-credentials
  String.raw`tf_token_\w{1,250}(?!\w)`,
].join("|");

/** Ends of names whose values are keys, or only say which; an EC2 key pair has a name. */
export const keyNames = String.raw`(?:encryption|signing|master|(?<!ec2_)ssh|licen[cs]e)[-_]?key`;
