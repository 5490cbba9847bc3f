import type { Environment } from "../../lib/layer/environment-schema";
import type { Problem } from "../../lib/layer/layer";
import { secretPlaceProblems } from "../../lib/layer/secret-arn";
import { givenSecrets, type SecretArns } from "./secret-arns";
import type { Services } from "./services";

// Object.keys widens the keys of a record to string.
const names = Object.keys(givenSecrets) as (keyof typeof givenSecrets)[];

/** Reports secrets that services need and that are not named, and ARNs of another account or Region. */
export function secretProblems(
  environment: Pick<Environment, "partition" | "region" | "account">,
  { services, secrets }: { readonly services: Services; readonly secrets: SecretArns },
): readonly Problem[] {
  return names.flatMap((name) => {
    const arn = secrets[name];
    const path = ["layers", "platform", "secrets", name];
    if (arn !== undefined) return secretPlaceProblems(environment, path, arn);
    const { service, keys } = givenSecrets[name];
    if (service === undefined || !services[service]) return [];
    const message = `is not set, but layers.platform.services.${service} is true`;
    const hint = `Store JSON with ${keys.join(", ")} in Secrets Manager and enter its ARN, or set ${service} to false`;
    return [{ path, message, hint }];
  });
}
