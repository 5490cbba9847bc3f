/** Names of the Secrets that hold Gitea's credentials. */
export const giteaSecrets = { admin: "gitea-admin", tls: "gitea-tls" } as const;

/**
 * Templates of Gitea's Secrets. Helm generates their values inside the cluster and keeps existing ones, so that password
 * and key are not known to Terraform: they are in no values, plan or state.
 */
export function giteaSecretTemplates({
  namespace,
  host,
}: {
  readonly namespace: string;
  readonly host: string;
}) {
  const keep = (name: string) => `metadata:
  name: ${name}
  namespace: ${namespace}
  annotations:
    helm.sh/resource-policy: keep`;
  return [
    `{{- $found := lookup "v1" "Secret" "${namespace}" "${giteaSecrets.admin}" }}
apiVersion: v1
kind: Secret
type: Opaque
${keep(giteaSecrets.admin)}
data:
  username: {{ "gitea-admin" | b64enc }}
  password: {{ if $found }}{{ index $found.data "password" }}{{ else }}{{ randAlphaNum 40 | b64enc }}{{ end }}
`,
    // The load balancer does not verify this certificate, so it is valid for ten years and is not rotated.
    `{{- $found := lookup "v1" "Secret" "${namespace}" "${giteaSecrets.tls}" }}
{{- $pair := genSelfSignedCert "${host}" (list) (list "${host}" "gitea-http.${namespace}.svc") 3650 }}
apiVersion: v1
kind: Secret
type: kubernetes.io/tls
${keep(giteaSecrets.tls)}
data:
  tls.crt: {{ if $found }}{{ index $found.data "tls.crt" }}{{ else }}{{ $pair.Cert | b64enc }}{{ end }}
  tls.key: {{ if $found }}{{ index $found.data "tls.key" }}{{ else }}{{ $pair.Key | b64enc }}{{ end }}
`,
  ];
}
