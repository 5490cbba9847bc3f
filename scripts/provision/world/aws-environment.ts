/** Environment variables by name. */
export type Variables = Readonly<Record<string, string>>;

let active: { readonly variables: Variables; readonly own: NodeJS.ProcessEnv; calls: number } | undefined;

/**
 * Lets `act` find these variables in `process.env`, and nothing of the caller's: the SDK reads them there in places that no
 * option reaches (endpoints, profiles, the cache of SSO), and `credential_process` inherits them.
 */
export async function withVariables<Result>(
  variables: Variables,
  act: () => Promise<Result>,
): Promise<Result> {
  active ??= { variables, own: process.env, calls: 0 };
  if (active.variables !== variables) throw new Error("AWS is being called for another environment");
  const current = active;
  current.calls += 1;
  process.env = { ...variables };
  try {
    return await act();
  } finally {
    current.calls -= 1;
    if (current.calls === 0) {
      process.env = current.own;
      active = undefined;
    }
  }
}

/** What the SDK is to find: as Terraform and the AWS CLI understand the same variables. */
export function sdkVariables(given: Variables): Variables {
  const profile = given["AWS_PROFILE"] ?? given["AWS_DEFAULT_PROFILE"];
  return {
    ...given,
    ...(profile === undefined ? {} : { AWS_PROFILE: profile }),
    // It warns of the end of support for versions of Node years ahead, in the middle of a run.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
}
