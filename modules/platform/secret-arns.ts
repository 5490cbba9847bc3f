import { z } from "zod";
import { secretArn } from "../../lib/layer/secret-arn";
import type { Services } from "./services";

const ofUser = (what: string) => secretArn.optional().describe(what);

/** Secrets that only the operator of the platform knows; each is a JSON object in Secrets Manager. */
export const SecretArns = z.strictObject({
  smtpSecretArn: ofUser(
    "SMTP server for alerts, required with services.alertEmails: JSON with smartHost, smartPort, from, authUsername and password",
  ),
  sreSecretArn: ofUser(
    "Prometheus server of the operator, required with services.sre: JSON with url, username and password, and with caCertificate in PEM if srePrivateAuthority is true",
  ),
  srePrivateAuthority: z
    .boolean()
    .default(false)
    .describe("Whether the certificate of that Prometheus server is of a private authority"),
  releaseServiceSecretArn: ofUser(
    "Token for a release service of one's own: JSON with refreshToken; unset: the release service is read without a token",
  ),
});

/** The ARNs that are set. */
export type SecretArns = z.output<typeof SecretArns>;

/** Each of them: the service that needs it, and the keys of its JSON. */
export const givenSecrets = {
  smtpSecretArn: {
    service: "alertEmails",
    keys: ["smartHost", "smartPort", "from", "authUsername", "password"],
  },
  sreSecretArn: { service: "sre", keys: ["url", "username", "password"] },
  releaseServiceSecretArn: { service: undefined, keys: ["refreshToken"] },
} as const satisfies Readonly<Record<Exclude<keyof SecretArns, "srePrivateAuthority">, GivenSecret>>;

interface GivenSecret {
  readonly service: keyof Services | undefined;
  readonly keys: readonly string[];
}
