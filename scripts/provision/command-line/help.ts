/** Every word that --help prints. */
export const helpText = {
  about: [
    "Takes one environment file through synth, init, plan and apply, layer by layer, with your own Terraform.",
    "Every plan is written to a file, shown, and applied exactly as shown.",
  ].join("\n"),
  command: "what to do, see below; apply unless told",
  options: {
    env: "environment: a file in configs/ by its name, or a path",
    rehearse:
      "run against a simulated account on this machine: no credentials, no questions; without a command: apply, plan and destroy everything",
    yes: "ask nothing; needs --confirm to destroy, and --allow-data-loss where data could go",
    only: "this layer alone; repeat it, or separate layers with commas",
    from: "from this layer on, in the order of apply",
    until: "up to and including this layer, in the order of apply",
    confirm: "destroy: the environment's name, typed in advance",
    allowDataLoss:
      "with --yes: data held by this layer may be lost; repeat it, or separate layers with commas",
    adoptStateBucket: "the state bucket exists already and belongs to this environment: take it over",
    detailedExitcode: "plan: exit with 2 when there are changes",
    json: "outputs, capacity: as JSON",
    out: "export: folder to write to",
    format: "policy: table, json, or sarif for code hosts",
    recoveryPoint: "restore: ARN of the backup, of those that it lists; the newest unless told",
    timings: "write how long each Terraform command took, as JSON",
  },
  more: `
Commands:
  apply     plan, show, ask and apply each layer in order
  plan      show what apply would change, and change nothing
  destroy   destroy the layers backwards; asks for the environment's name
  outputs   print what the layers published
  export    write the generated Terraform JSON into a folder, for a repository of its own
  capacity  print addresses, quotas and cost of the environment; asks nothing of AWS
  policy    judge the generated Terraform by the rules in policy/; exit with 1 when one is violated
  iam       print the IAM policies that the role which runs Terraform needs, as JSON
  restore   restore database (--only aurora) or file system (--only efs) beside the old one
  databases make the databases and users of the applications in Aurora; can be repeated
  tunnel    open the private Kubernetes API and database to this machine, through the bastion, until Ctrl-C

Examples:
  npx ts-node scripts/provision.ts --env dev --rehearse         a full cycle of an environment, simulated
  npx ts-node scripts/provision.ts plan --env prod              what would change
  npx ts-node scripts/provision.ts --env prod                   change it, layer by layer, asking each time
  npx ts-node scripts/provision.ts --env prod --from eks        go on where a run stopped
  npx ts-node scripts/provision.ts destroy --env dev --yes --confirm dev --allow-data-loss aurora,efs
  npx ts-node scripts/provision.ts capacity --env prod          what it takes of account, network and budget
  npx ts-node scripts/provision.ts export --env prod --out ../pod-configs/prod
  npx ts-node scripts/provision.ts policy --env prod --format sarif > policy.sarif
  npx ts-node scripts/provision.ts restore --env prod --only aurora   the newest backup, to a new cluster
  npx ts-node scripts/provision.ts tunnel --env prod --only eks       kubectl against the private cluster

Ctrl-C:
  once     the running Terraform command finishes, nothing new starts
  twice    Terraform is asked to stop; what it was creating may have to be created again
  thrice   Terraform is killed; state may be lost

Logs: .provision/logs/<environment>/<time>/<layer>.log, readable by you alone.

Environment:
  TERRAFORM_BINARY_NAME   program to use instead of terraform, 1.11.0 or later
  NO_COLOR                print without colours

Exit codes:
  0 done                  3 environment file invalid     6 state changed after the plan
  1 failed                4 not ready; nothing started   7 interrupted
  2 changes are pending   5 state is locked              8 state needs recovery`,
} as const;
