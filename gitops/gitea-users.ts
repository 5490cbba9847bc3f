import { giteaSecrets } from "./gitea-secrets";
import type { YamlObject } from "./yaml";

/** The users of Gitea, by their names; each writes to repositories of its own. */
export const giteaUsers = ["argocd", "apporch", "clusterorch"] as const;

/** Inputs of the Job. */
export interface GiteaUsersFacts {
  readonly namespace: string;
  readonly imageTag: string;
  /** Changes with the passwords: a Job cannot be changed, so every revision is a Job of its own. */
  readonly revision: string;
}

/**
 * Creates each user or sets its password, through Gitea's API. The administrator's password and the users' are read from files
 * and written to files in memory, so they are in no argument of a process and in no output.
 * https://docs.gitea.com/api/#tag/admin/operation/adminCreateUser
 */
const script = `set -eu
umask 077
cd /work
api=https://gitea-http.gitea.svc/api/v1
printf 'user = "%s:%s"\\ncacert = "/certificates/tls.crt"\\nsilent\\nshow-error\\nfail\\nmax-time = 30\\noutput = "answer"\\nheader = "Content-Type: application/json"\\n' \\
  "$(cat /logins/admin/username)" "$(cat /logins/admin/password)" > curl.conf
until curl --config curl.conf "$api/user"; do sleep 5; done
for user in ${giteaUsers.join(" ")}; do
  printf '{"username":"%s","login_name":"%s","source_id":0,"email":"%s@gitea.invalid","password":"%s","must_change_password":false,"active":true,"prohibit_login":false}' \\
    "$user" "$user" "$user" "$(cat "/logins/users/$user")" > body.json
  if curl --config curl.conf "$api/users/$user" 2> /dev/null; then
    curl --config curl.conf --request PATCH --data @body.json "$api/admin/users/$user"
    echo "$user: updated"
  else
    curl --config curl.conf --request POST --data @body.json "$api/admin/users"
    echo "$user: created"
  fi
done
`;

/** The Job that creates the users of Gitea; it can be repeated. */
export function giteaUsersJob({ namespace, imageTag, revision }: GiteaUsersFacts): YamlObject {
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: `gitea-users-${revision}`, namespace },
    spec: {
      backoffLimit: 6,
      activeDeadlineSeconds: 600,
      template: { spec: pod(imageTag) },
    },
  };
}

function pod(imageTag: string): YamlObject {
  const secret = (name: string, secretName: string) => ({ name, secret: { secretName } });
  const mounted = (name: string, mountPath: string) => ({ name, mountPath, readOnly: true });
  return {
    restartPolicy: "Never",
    automountServiceAccountToken: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers: [
      {
        name: "users",
        // The image of Gitea's own pod has a shell and curl.
        image: `gitea/gitea:${imageTag}-rootless`,
        command: ["/bin/sh", "-c", script],
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
        resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "64Mi" } },
        volumeMounts: [
          mounted("admin", "/logins/admin"),
          mounted("users", "/logins/users"),
          mounted("certificate", "/certificates"),
          { name: "work", mountPath: "/work" },
        ],
      },
    ],
    volumes: [
      secret("admin", giteaSecrets.admin),
      secret("users", giteaSecrets.users),
      secret("certificate", giteaSecrets.tls),
      { name: "work", emptyDir: { medium: "Memory", sizeLimit: "1Mi" } },
    ],
  };
}
