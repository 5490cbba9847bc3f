import { defineLayer } from "../../lib/layer/layer";
import { byKey } from "../../lib/layer/outputs";
import { kms } from "../kms/layer";
import { serviceProblems } from "./checks";
import { scale } from "./scale";
import { secretProblems } from "./secret-checks";
import { givenSecretsOf } from "./preconditions";
import { addUserSecret, usersOf } from "./secrets";
import { Settings } from "./settings";

/** What is installed on the cluster: release and services, and the passwords that its applications expect. */
export const platform = defineLayer({
  name: "platform",
  summary: "Release and services of the platform, and generated passwords of its users",
  settings: Settings,
  scale,
  needs: { kms },
  outputs: {
    userSecretArns: byKey("Secrets Manager secret with user name and password, by user"),
  },
  check: ({ environment, settings }) => [
    ...serviceProblems(settings),
    ...secretProblems(environment, settings),
  ],
  preconditions: givenSecretsOf,
  build(stack, { settings, from }) {
    const shared = { keyArn: from.kms.keyArns.at("data"), passwordVersion: settings.passwordVersion };
    const users = usersOf(settings.services);
    return {
      userSecretArns: Object.fromEntries(users.map((user) => [user, addUserSecret(stack, user, shared)])),
    };
  },
});
