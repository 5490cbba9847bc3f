/** A Secret by its name. */
interface Named {
  readonly namespace: string;
  readonly name: string;
}

/**
 * The template of a Secret with a certificate of its own for pods behind a load balancer, which does not verify it: so it is
 * valid for ten years and is not rotated. Helm generates it inside the cluster and keeps an existing one, so that Terraform
 * does not know the key.
 */
export function selfSigned({
  namespace,
  name,
  hosts,
}: Named & { readonly hosts: readonly [string, ...string[]] }): string {
  const names = hosts.map((host) => `"${host}"`).join(" ");
  return `{{- $found := lookup "v1" "Secret" "${namespace}" "${name}" }}
{{- $pair := genSelfSignedCert "${hosts[0]}" (list) (list ${names}) 3650 }}
apiVersion: v1
kind: Secret
type: kubernetes.io/tls
metadata:
  name: ${name}
  namespace: ${namespace}
  annotations:
    helm.sh/resource-policy: keep
data:
  tls.crt: {{ if $found }}{{ index $found.data "tls.crt" }}{{ else }}{{ $pair.Cert | b64enc }}{{ end }}
  tls.key: {{ if $found }}{{ index $found.data "tls.key" }}{{ else }}{{ $pair.Key | b64enc }}{{ end }}
`;
}
