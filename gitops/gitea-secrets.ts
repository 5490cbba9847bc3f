/** Names of the Secrets of Gitea: logins of the administrator and of the other users, and the certificate of its pod. */
export const giteaSecrets = {
  admin: "gitea-admin-login",
  users: "gitea-user-passwords",
  tls: "gitea-tls",
} as const;
