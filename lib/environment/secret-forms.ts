import { urlsWithUser } from "./url-users";

const passwordNames =
  "password|passwd|passphrase|api[-_]?key|access[-_]?token|secret[-_]?(?:access[-_]?)?key";
const writtenOut = "(?!true\\b|false\\b|none\\b|null\\b)[^\\s\"'$`<(*{%][^\\s\"']{3,}";

/** What a secret looks like, by what it is. */
export const secretKinds: Readonly<Record<string, RegExp>> = {
  "a private key": /-----(BEGIN|END) [A-Z ]*PRIVATE KEY( BLOCK)?-----/,
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  "an AWS access key": /(?<![A-Za-z0-9])(AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/,
  // https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats
  "a GitHub token": /\b(gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,})/,
  // https://docs.gitlab.com/security/tokens/#token-prefixes
  "a GitLab token": /\b(glpat|gldt|glrt|glptt|glcbt|glsoat)-[\w-]{20,}/,
  // https://docs.slack.dev/authentication/tokens
  "a Slack token": /\b(xox[abeoprs]-[\w-]{10,}|xapp-[\w-]{10,})/,
  "the URL of a Slack webhook": /\bhooks\.slack\.com\/(services|workflows|triggers)\/\w+\/\w[\w/-]*/,
  // https://discord.com/developers/docs/resources/webhook
  "the URL of a Discord webhook": /\bdiscord(app)?\.com\/api\/(v\d+\/)?webhooks\/\d+\/[\w-]+/,
  // https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
  "the URL of a Teams webhook": /\.webhook\.office\.com\/webhookb2\/[^\s"'<>\\]+/,
  // https://core.telegram.org/bots/api#authorizing-your-bot
  "the token of a Telegram bot": /\bapi\.telegram\.org\/(file\/)?bot\d+:[\w-]{20,}/,
  // https://docs.docker.com/security/access-tokens/
  "a Docker token": /\bdckr_(pat|oat)_[\w-]{20,}/,
  "an npm token": /\bnpm_[A-Za-z0-9]{36}\b/,
  "a Google API key": /\bAIza[\w-]{35}/,
  // https://docs.stripe.com/keys
  "a Stripe key": /\b[rs]k_(live|test)_[A-Za-z0-9]{16,}/,
  // https://huggingface.co/docs/hub/security-tokens
  "a Hugging Face token": /\bhf_[A-Za-z0-9]{30,}/,
  // https://docs.digitalocean.com/reference/api/
  "a DigitalOcean token": /\bdo[opr]_v1_[a-f0-9]{32,}/,
  // https://docs.claude.com/en/api/overview
  "an Anthropic API key": /\bsk-ant-[\w-]{20,}/,
  // https://platform.openai.com/docs/api-reference/authentication
  "an OpenAI API key": /\bsk-(proj|svcacct|admin)-[\w-]{20,}/,
  // https://developer.hashicorp.com/vault/docs/concepts/tokens#token-prefixes; host names have no capitals.
  "a Vault token": /\bhv[bsr]\.(?=[\w-]*[A-Z])[\w-]{20,}/,
  // https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens
  "an HCP Terraform token": /\b[A-Za-z0-9]{14}\.atlasv1\.[\w-]{40,}/,
  // https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys
  "a SendGrid API key": /\bSG\.[\w-]{16,32}\.[\w-]{32,64}/,
  // https://docs.pypi.org/api/secrets/
  "a PyPI token": /\bpypi-AgE[\w-]{20,}/,
  // https://github.com/C2SP/C2SP/blob/main/age.md
  "the identity of an age recipient": /\bAGE-SECRET-KEY-1[A-Z0-9]{20,}/i,
  // https://datatracker.ietf.org/doc/html/rfc6750#section-2.1; prose after the word has no digits.
  "a bearer token": /\bBearer\s+(?=[A-Za-z._~+/-]*\d)[\w.~+/-]{16,}/i,
  // A script may fill in what it reads while it runs.
  "a password": new RegExp(`(?<![a-z])(?:${passwordNames})[ \\t]*=[ \\t]*["']?${writtenOut}`, "i"),
  // https://datatracker.ietf.org/doc/html/rfc7519#section-3.1
  "a JSON Web Token": /(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/,
};

/** Lines of Base64 and nothing else: what a key's file holds between its first and last line, pasted where its name belongs. */
const onlyBase64 = /^\s*(?:[A-Za-z0-9+/]{40,}\s+)*[A-Za-z0-9+/]+={0,2}\s*$/;
/** Characters of a line of a PEM file: https://www.rfc-editor.org/rfc/rfc7468#section-2 */
const pemLine = 64;
/** As long as an AWS secret access key, and of the same characters; 40 hexadecimal digits are a Git commit. */
const fortyCharacters = /(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g;
/** Bits per character: chosen at random, 40 characters have about 4.8; words and paths have less than 4.2. */
const randomBits = 4.3;

/** What a text holds that looks most like a secret, e.g. `holds a private key`; nothing for other text. */
export function secretForms(text: string): readonly string[] {
  const found = [
    ...(hasUrlSecret(text) ? ["holds a URL with a password or token in it"] : []),
    ...Object.entries(secretKinds).flatMap(([kind, pattern]) =>
      pattern.test(text) ? [`holds ${kind}`] : [],
    ),
    ...(isLongBase64(text) ? ["holds what looks like the content of a key file"] : []),
    ...(hasSecretKey(text) ? ["holds what looks like an AWS secret access key"] : []),
  ];
  // The form of one secret can be part of another's, and one is reason enough to remove the value.
  return found.slice(0, 1);
}

/** A name as long as a line is of fewer kinds of characters, or repeats them. */
function isLongBase64(text: string): boolean {
  return (
    text.length >= pemLine && onlyBase64.test(text) && isMixed(text) && bitsPerCharacter(text) > randomBits
  );
}

function hasSecretKey(text: string): boolean {
  return [...text.matchAll(fortyCharacters)].some(([key]) => isRandom(key));
}

/** Whether a word has the characters of something chosen at random. */
export function isRandom(text: string): boolean {
  return isMixed(text) && bitsPerCharacter(text) > randomBits;
}

function isMixed(text: string): boolean {
  return [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(text));
}

/** Shannon's entropy of the characters of a text. */
function bitsPerCharacter(text: string): number {
  const shares = [...new Set(text)].map((character) => (text.split(character).length - 1) / text.length);
  return shares.reduce((bits, share) => bits - share * Math.log2(share), 0);
}

/** E.g. `?private_token=`: https://docs.gitlab.com/api/rest/authentication/ ; a script may fill in what it was given. */
const urlToken = /https?:\/\/\S*[?&](?:[a-z]+[-_])?(?:token|password|secret)=[^\s&$<{]/i;

function hasUrlSecret(text: string): boolean {
  if (urlToken.test(text)) return true;
  return [...text.matchAll(urlsWithUser)].some(([, scheme = "", user = "", password]) => {
    // Over HTTP a user alone is usually a token; over SSH it is a user name that is no secret, e.g. git.
    const secret = password ?? (/^https?$/i.test(scheme) ? user : "");
    // A script may fill in what it was given while it runs.
    return secret !== "" && !secret.startsWith("$");
  });
}
