import type { Attributes, Behaviour, Context } from "../engine/behaviour";
import type { ProviderDefinition } from "../engine/provider-definition";
import { listOf, textOf } from "../engine/read-value";
import { missingNamespace } from "./namespaces";

/** The simulated Helm provider: a release records its arguments; no chart is ever fetched. */
export function helmProvider(): ProviderDefinition {
  return {
    name: "helm",
    legacyTypeSystem: false,
    behaviour: (type) => (type === "helm_release" ? release : undefined),
    dataSource: () => undefined,
    knowledge: () => undefined,
    checkValues: () => [],
    configure: (_config, { partition, region, account }) => ({
      partition,
      region,
      account,
      defaultTags: {},
      diagnostics: [],
    }),
    fallback: () => null,
  };
}

/** Defaults of the provider, which it shows in its plans. */
const defaults: Attributes = {
  atomic: false,
  cleanup_on_fail: false,
  create_namespace: false,
  dependency_update: false,
  disable_crd_hooks: false,
  disable_openapi_validation: false,
  disable_webhooks: false,
  force_update: false,
  lint: false,
  max_history: 0,
  namespace: "default",
  pass_credentials: false,
  recreate_pods: false,
  render_subchart_notes: true,
  replace: false,
  reset_values: false,
  reuse_values: false,
  skip_crds: false,
  status: "deployed",
  take_ownership: false,
  timeout: 300,
  upgrade_install: false,
  verify: false,
  wait: true,
  wait_for_jobs: false,
};

const release: Behaviour = {
  id: ({ name }) => textOf(name) ?? "",
  forceNew: ["name", "namespace"],
  nullable: ["description", "manifest", "resources"],
  recomputed: ["metadata"],
  planned: () => defaults,
  check: ({ namespace, create_namespace }, context: Context) =>
    create_namespace === true ? undefined : missingNamespace(namespace, context),
  computed: (planned) => ({
    version: "0.0.0-simulated",
    metadata: {
      app_version: "0.0.0",
      chart: planned.chart,
      first_deployed: 1735689600,
      last_deployed: 1735689600,
      name: planned.name,
      namespace: planned.namespace,
      notes: "",
      revision: 1,
      values: JSON.stringify(listOf(planned.values)),
      version: textOf(planned.version) ?? "0.0.0-simulated",
    },
  }),
};
