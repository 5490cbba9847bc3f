/** What credentials look like, as https://github.com/awslabs/git-secrets registers them for AWS. */
const credentials: readonly (readonly [pattern: RegExp, kind: string])[] = [
  [/(A3T[A-Z0-9]|AKIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ASIA)[A-Z0-9]{16}/, "an access key ID"],
  [/(?<![A-Za-z0-9/+=])[A-Za-z0-9/+=]{40}(?![A-Za-z0-9/+=])/, "what may be a secret access key"],
  [/key["']?\s*(:|=>|=)\s*["']?[A-Za-z0-9/+=]{40}(?![A-Za-z0-9/+=])/i, "a secret access key"],
  [/account_?(id)?["']?\s*(:|=>|=)\s*["']?[0-9]{4}-?[0-9]{4}-?[0-9]{4}\b/i, "an account ID"],
  [/-----BEGIN ([A-Z]+ )?PRIVATE KEY-----/, "a private key"],
  // https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github
  [/\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{50})/, "a token of GitHub"],
  [/\b(glpat-[A-Za-z0-9_-]{20}|xox[abprs]-[A-Za-z0-9-]{10})/, "a token of GitLab or Slack"],
  // A variable, a file, an ARN or an expression as the value is a place to read it from.
  [
    /(password|passwd|pwd|secret|token|api_?key)["']?\s*(:|=>|=)\s*["']?(?!["'$/<{(%]|arn:)[^\s"'$]{4,}/i,
    "what may be a password or token",
  ],
];

/** The kind of credential that a text contains, also in Base64; undefined if it contains none. */
export function credentialIn(text: string): string | undefined {
  const given = isBase64(text.replace(/\s/g, "")) ? Buffer.from(text, "base64").toString("utf8") : text;
  // A hash is no credential.
  if (/^([a-f0-9]{32}|[a-f0-9]{40})$/i.test(given)) return undefined;
  return credentials.find(([pattern]) => pattern.test(given))?.[1];
}

function isBase64(text: string): boolean {
  return text.length > 40 && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}
