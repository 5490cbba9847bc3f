import { z } from "zod";
import type { SynthesisedJson } from "../../../synthesis/environment";
import type { YamlValue } from "../../yaml";
import type { Provision } from "../expectation";
import { placedValues } from "../value-paths";
import { chartValues } from "./chart-values";

const Job = z.object({
  kind: z.literal("Job"),
  metadata: z.object({ namespace: z.string() }),
  spec: z.object({
    template: z.object({
      spec: z.object({
        volumes: z.array(z.object({ secret: z.object({ secretName: z.string() }).optional() })),
      }),
    }),
  }),
});

/** Path of the API that creates users: https://docs.gitea.com/api/#tag/admin/operation/adminCreateUser */
const userApi = "/admin/users";

/** The users that the platform's applications log in as, beside Argo CD. */
const platformUsers = ["apporch", "clusterorch"] as const;

/**
 * The users that Jobs create in Gitea: the keys of the Secrets that they mount. A Git server of the operator's own has what the
 * operator gives it.
 *
 * @param secrets the Secrets that exist before
 */
export function gitUsers(synthesised: SynthesisedJson, secrets: readonly Provision[]): readonly Provision[] {
  const installed = synthesised.of("helm_release").some((release) => release.is("chart", "gitea"));
  if (!installed)
    return platformUsers.map((name) => ({ kind: "git-user", name, by: "the operator's Git server" }));
  return chartValues(synthesised).flatMap(({ release, values }) =>
    placedValues(values).flatMap(({ value }) =>
      secretsOfJob(value).flatMap((mounted) =>
        secrets
          .filter(({ kind, name }) => kind === "secret" && name === mounted)
          .flatMap(({ keys = [] }) =>
            keys.map((name) => ({ kind: "git-user" as const, name, by: release.address })),
          ),
      ),
    ),
  );
}

function secretsOfJob(value: YamlValue): readonly string[] {
  const job = Job.safeParse(value).data;
  if (job === undefined) return [];
  const creates = placedValues(value).some(
    ({ value: text }) => typeof text === "string" && text.includes(userApi),
  );
  if (!creates) return [];
  return job.spec.template.spec.volumes.flatMap(({ secret }) =>
    secret === undefined ? [] : [`${job.metadata.namespace}/${secret.secretName}`],
  );
}
