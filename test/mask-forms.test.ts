import { expect, test } from "vitest";
import { maskForms } from "../lib/environment/mask-forms";
import { secretForms } from "../lib/environment/secret-forms";

/** Each secret is between angle brackets, which are not part of the text. */
test.each([
  "Authorization: Basic <dXNlcjpwYXNz>",
  "> authorization: Bearer <x>",
  'curl -H "Authorization: Bearer <t0k>" https://example.com',
  "headers: map[Authorization:[Basic <dXNlcjpwYXNz>] Accept:[*/*]]",
  '{"Proxy-Authorization": "Basic <dXNlcjpwYXNz>"}',
  "Authorization: AWS4-HMAC-SHA256 SignedHeaders=host, Signature=<5f3c1de0ab4c0123456789abcdef5f3c1de0ab4c0123456789abcdef01234567>",
  "Set-Cookie: <session=abcdef; Path=/; HttpOnly>",
  '{"auths":{"ghcr.io":{"auth":"<YW5uYTpodW50ZXIy>"}}}',
  String.raw`{\"auths\":{\"ghcr.io\":{\"auth\":\"<YW5uYTpodW50ZXIy>\"}}}`,
  "//npm.example.com/:_auth=<YW5uYTpodW50ZXIy>",
  "aws rds modify-db-cluster --master-user-password <hunter>",
  "helm registry login ghcr.io --username anna --password=<hunter>",
  "psql --password '<correct horse>' --host db",
  'args: ["--password", "<hunter>", "--host", "db"]',
  "vault login --token <hunter>",
  "aws secretsmanager create-secret --name db --secret-string <hunter>",
  "curl -u anna:<hunter> https://example.com",
  "curl -uanna:<hunter> https://example.com",
  'curl --user "anna:<correct horse>" https://example.com',
  'args: ["-u", "anna:<hunter>"]',
  "docker login -u AWS -p <hunter> 123456789012.dkr.ecr.us-west-2.amazonaws.com",
  "sudo mysql -h db -u root -p<hunter> orch",
  "sshpass -p <hunter> ssh db",
  "redis-cli -h db -a <hunter> ping",
  "openssl rsa -in key.pem -passin pass:<hunter>",
  "openssl enc -aes-256-cbc -pbkdf2 -k <hunter> -in a",
  "openssl aes-256-cbc -K <5f3c1de0> -iv 01",
  "htpasswd -nbB anna <hunter> | tr -d x",
  "htpasswd -b -c users anna <hunter>",
  "htpasswd -nb anna <9hunter> 2>/dev/null",
  "htpasswd -bc users anna '<correct horse>' && echo done",
  "7z a -p<hunter> a.7z b",
  'Authorization: Digest username="anna", realm="db", response="<5f3c1de0ab4c0123456789abcdef5f3c>", qop=auth',
  "MYSQL_PWD=<hunter> mysqldump orch",
  "PGPASSWORD=<hunter> psql",
  "Server=db;Uid=anna;Pwd=<hunter>;",
  "smtp_pass: <hunter>",
  "machine example.com login anna password <hunter>",
  "machine example.com\n  login anna\n  password <hunter>",
  "password <hunter>\n",
  "null_resource.run (local-exec): passphrase <hunter>",
  "ALTER USER anna IDENTIFIED BY '<hunter>'",
  "ALTER ROLE anna WITH PASSWORD '<correct horse>'",
  "got password <hunter2-of-a-log> from the vault",
  '{"Name": "db", "SecretString":"<hunter>"}',
  String.raw`{"Name": "db", "SecretString":"<{\"user\":\"anna\",\"password\":\"hunter\"}>", "VersionId": "1"}`,
  String.raw`{\"SecretString\":\"<{\\\"password\\\":\\\"hunter\\\"}>\", \"VersionId\": \"1\"}`,
  "POST https://<hooks.slack.com/services/T012AB3CD/B012AB3CD/hunterhunter>",
  "X-Amz-Signature=<5f3c1de0>",
  String.raw`https://b.s3.amazonaws.com/k?X-Amz-Expires=60\u0026X-Amz-Signature=<5f3c1de0>\u0026X-Amz-Date=1`,
  "X-Amz-Security-Token=<IQoJb3>",
  "headers: map[X-Amz-Security-Token:[<IQoJb3>] X-Amz-Date:[1]]",
  "TF_TOKEN_app_terraform_io=<hunter> terraform init",
  "pwd=<hunter>",
  "PWD: <hunter>",
  'dbPwd: "<correct horse>"',
  'encryption_key = "<hunter>"',
  'encryptionKey: "<hunter>"',
  "signing_key: <hunter>",
  '"master_key": "<hunter>"',
  "helm install db --set licenseKey=<hunter>",
  "ssh-key: <hunter>",
  "tool --encryption-key <hunter> --verbose",
  "GITHUB_PAT=<hunter> gh api /user",
  "BASIC_AUTH=<anna:hunter>",
  "MONGO_AUTH=anna:<hunter>",
  "NPM_AUTH=<hunter>",
  "SSHPASS=<hunter> sshpass -e ssh db",
  "REDISCLI_AUTH=<hunter> redis-cli",
  "api key: <hunter>",
  "API-KEY <hunter2>",
  '"Plaintext": "<aHVudGVyMg==>"',
  String.raw`{\"Plaintext\": \"<aHVudGVyMg==>\"}`,
  'openssl rsa -passin "pass:<correct horse>" -in key.pem',
  "ldapsearch -D cn=anna -w <hunter> -b dc=example",
  "keytool -list -storepass <hunter>",
  "requirepass <hunter>",
  "aws configure set aws_secret_access_key <hunter>",
  "postgres://<anna:pa/ss>@db:5432/orch",
  "unzip -P <hunter> a.zip",
  "vault login <hunter>",
  "found hvs.<hunter2abcdefgh> in it",
  "found atlasv1.<hunter2abc> in it",
  "PASSWORD=<aB3(x]9>",
  'password = "<hunter',
  "password:\n  <hunter>\nuser: anna",
  "password: |\n  <hunter>\nuser: anna",
  "  - password: >-\n      <correct\n      horse>\n    user: anna".replace(
    "<correct\n      horse>",
    "<hunter>",
  ),
  "db (local-exec): secret: |2\ndb (local-exec):   <hunter>\ndb (local-exec): user: anna",
  "  - password: |\n  -   <hunter>\n    user: anna",
  String.raw`{"values": "password: |\n  <correct horse>\nuser: anna"}`,
  "password = <<EOT\n<hunter>\nEOT\nuser = anna",
  '+ db_password = <<-"EOT"\n        <hunter>\n    EOT\n',
])("a secret is masked: %s", (text) => {
  expect(maskForms(text.replace(/<([^<>]*)(>|$)/, "$1"))).toBe(text.replace(/<[^<>]*(>|$)/, "***"));
});

test("a secret of several lines is masked to its last", () => {
  const yaml = "password: |\n  one\n\n    two\n  three\n\nuser: anna";
  expect(maskForms(yaml)).toBe("password: |\n  ***\n\n\nuser: anna");
  expect(maskForms("token = <<-EOT\n  one\n\n  two\n  EOT\nuser = anna\nEOT")).toBe(
    "token = <<-EOT\n  ***\n\n  EOT\nuser = anna\nEOT",
  );
  expect(maskForms("token = <<EOT\none\ntwo")).toBe("token = <<EOT\n***");
});

const word = (length: number) => "aB3dE5gH7jK9".repeat(10).slice(0, length);

/** Also refused in an environment file. */
test.each([
  ["an OpenAI API key", `sk-proj-${word(40)}`],
  ["a Vault token", `hvs.${word(24)}`],
  ["an HCP Terraform token", `${word(14)}.atlasv1.${word(67)}`],
  ["a SendGrid API key", `SG.${word(22)}.${word(43)}`],
  ["a PyPI token", `pypi-AgEIcHlwaS5vcmc${word(40)}`],
  ["the token of a Telegram bot", `https://api.telegram.org/bot123456:${word(35)}/sendMessage`],
  ["the URL of a Discord webhook", `https://discord.com/api/webhooks/123456789/${word(20)}`],
  [
    "the URL of a Teams webhook",
    "https://example.webhook.office.com/webhookb2/aaaa-bbb@ccc/IncomingWebhook/ddd/e",
  ],
])("%s is masked and refused", (kind, text) => {
  expect(maskForms(`sent to ${text} now`)).toMatch(
    /^sent to (https:\/\/(example)?)?\*\*\*(\/sendMessage)? now$/,
  );
  expect(secretForms(text)).toEqual([`holds ${kind}`]);
});

test.each([
  "Plan: 3 to add, 0 to change, 0 to destroy.",
  "aws_kms_key.key: Refreshing state... [id=1234abcd-12ab-34cd-56ef-1234567890ab]",
  'master_user_secret_arn = "arn:aws:secretsmanager:us-west-2:123456789012:secret:rds-a1B2c3"',
  "commit 0123456789abcdef0123456789abcdef01234567",
  "password = (sensitive value)",
  "the password is required, and the token is too short",
  "the password of the database is in Secrets Manager, and the passphrase of the key in nothing",
  "Error: password authentication failed for user",
  "Error: password required",
  '"manage_master_user_password": true',
  "Error: creating IAM Role (dev-cluster-autoscaler-role-for-service-accounts-in-kube-system): EntityAlreadyExists",
  "Flag --password is deprecated, use --password-stdin",
  "aws rds create-db-cluster --manage-master-user-password --engine aurora",
  "docker run -u 1000:1000 -p 8080:80 nginx",
  "ssh -p 2222 anna@bastion",
  "mysql -p -h db, mysql -P 3306",
  'resource "random_password" "database" {',
  "authorization: the caller is denied; authorization mode API_AND_CONFIG_MAP",
  'authentication = "iam", "authorized": true, "author": "anna"',
  "Error: Authorization: Bearer tokens are not accepted",
  "authorizationToken is missing",
  "https://b.s3.amazonaws.com/k?X-Amz-Credential=anna%2F20261127%2Fus-west-2%2Fs3%2Faws4_request&X-Amz-Expires=60",
  "the secret arn:aws:secretsmanager:us-west-2:123456789012:secret:rds was read",
  "PWD=/srv/deploy, OLDPWD=/srv, compass: north, bypass=true",
  "https://hooks.example.com/services/team",
  "PWD: /srv/deploy, PWD=$(mktemp -d), pwd = ./deploy",
  "encryption_key = arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  'encryption_key = "1234abcd-12ab-34cd-56ef-1234567890ab"',
  "master_key: alias/aws/rds",
  'kms_master_key_id = "alias/orch", kms_key_id: mrk-1234abcd12ab34cd56ef1234567890ab',
  "ssh_key: ~/.ssh/id_ed25519.pub",
  "ssh_key: ssh-ed25519 AAAAC3NzaC1lZDI1 anna",
  'ec2_ssh_key = "operators"',
  "aws_kms_key.signing_key: Creating...",
  "aws_kms_key.encryption_key: Still creating... [10s elapsed]",
  "aws_kms_key.master_key: Creation complete after 4s [id=1234abcd-12ab-34cd-56ef-1234567890ab]",
  "aws_secretsmanager_secret.secret: Refreshing state... [id=arn:aws:secretsmanager:us-west-2:123456789012:secret:a]",
  "random_password.password: Plan to create",
  "secret:\n  name: database",
  "PASSWORD=\nUSER=anna\nPWD=\nHOME=/root",
  "imagePullSecret:\n  - name: registry",
  "basic_auth: enabled, http_auth = none, USE_AUTH=required, proxy_auth=basic",
  "the private key is in a file, the api key: missing, api key required",
  "path: /srv, pattern: x, compat: y, JAVA_PATH=/opt",
  '"plaintext": true, in plaintext: yes',
  "https://registry.npmjs.org:443/@scope/package",
  "cat <<EOT\nusers:\n  - anna\nEOT",
  "description: |\n  the first line\n  and the second",
  "SECRET=$(aws rds describe-db-clusters), secret:[a-z]+",
  "hvs.example.com, SG.example.com, atlasv1.example, pypi-server, sk-project-of-the-team",
  "htpasswd -c users anna, htpasswd -B users anna, openssl enc -kfile a -in b, 7z a a.7z b -p",
  'the digest of the response="200"',
  "ldapsearch -x -b dc=example, zip -r a.zip b, vault login -method=aws role=deployer",
  "module.database[0].aws_rds_cluster.main: Modifications complete after 12s",
])("what is no secret stays, and is not refused: %s", (text) => {
  expect(maskForms(text)).toBe(text);
  expect(secretForms(text)).toEqual([]);
});

/** Ten lines as long as they may be: each would take seconds if the time grew with the square of its length. */
test.each([
  "htpasswd -b ",
  "htpasswd -b a",
  "htpasswd b",
  "digest response",
  "digest ,",
  "openssl enc -",
  "-",
  "a-",
  "\\",
  "eyJ-",
  "-u=",
  "mysql-",
  "tf_token_",
  '"sensitive":true ',
  "x://a:",
])(
  "the time for lines of %s grows with their length alone",
  (part) => {
    const line = part.repeat(49_000 / part.length);
    expect(maskForms(`${line}\n`.repeat(10)).split("\n")).toHaveLength(11);
  },
  20_000,
);

test("a line that is too long to be read is left out, also one of 20 MB", () => {
  const line = "-".repeat(20_000_000);
  expect(maskForms(`before\n${line}\nafter`)).toBe(
    "before\n(left out: a line of 20000000 characters)\nafter",
  );
  const key = `${"x".repeat(60_000)}-----BEGIN PRIVATE KEY-----\nhunter\n-----END PRIVATE KEY-----\nafter`;
  expect(maskForms(key)).toBe("(left out: a line of 60003 characters)\nafter");
});
