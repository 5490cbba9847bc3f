import type { Range } from "../../lib/layer/prices";
import { type CostBasis, type CostLine, costLines } from "./line";

/** The database, the file system, the buckets, and backups of them. */
export function costOfData(basis: CostBasis): readonly CostLine[] {
  return [...database(basis), ...files(basis), ...objects(basis)];
}

function database({ synthesised, prices, usage }: CostBasis): readonly CostLine[] {
  const instances = synthesised.of("aws_rds_cluster_instance").length;
  const [cluster] = synthesised.of("aws_rds_cluster");
  const capacity = (end: "min" | "max") =>
    instances * Number(cluster?.texts(`serverlessv2_scaling_configuration.${end}_capacity`)[0] ?? 0);
  const used = (amount: Range): Range => (cluster === undefined ? [0, 0] : amount);
  const topic = "database";
  return costLines([
    {
      topic,
      item: `Aurora capacity, ${instances} ${instances === 1 ? "instance" : "instances"}`,
      price: prices.of("capacityUnitHour"),
      amount: [capacity("min"), capacity("max")],
      unit: "ACU",
      hourly: true,
    },
    {
      topic,
      item: "Aurora storage",
      price: prices.of("databaseGb"),
      amount: used(usage.databaseGb),
      unit: "GB",
      assumed: true,
    },
    {
      topic,
      item: "Aurora requests",
      price: prices.of("databaseMillionRequests"),
      amount: used(usage.databaseMillionRequests),
      unit: "million",
      assumed: true,
    },
  ]);
}

function files({ synthesised, prices, usage }: CostBasis): readonly CostLine[] {
  const systems = synthesised.of("aws_efs_file_system");
  const used = (amount: Range): Range => (systems.length === 0 ? [0, 0] : amount);
  const elastic = systems.some((system) => system.is("throughput_mode", "elastic"));
  const [low, high] = used(usage.fileGb);
  const topic = "storage";
  return costLines([
    {
      topic,
      item: "EFS storage",
      price: prices.of("fileGb"),
      amount: [low, high],
      unit: "GB",
      assumed: true,
    },
    {
      topic,
      item: "EFS reads",
      price: prices.of("fileReadGb"),
      amount: elastic ? [low, 10 * high] : 0,
      unit: "GB",
      assumed: true,
    },
    {
      topic,
      item: "EFS writes",
      price: prices.of("fileWrittenGb"),
      amount: elastic ? [low / 10, high] : 0,
      unit: "GB",
      assumed: true,
    },
  ]);
}

function objects({ synthesised, prices, usage }: CostBasis): readonly CostLine[] {
  const buckets = synthesised.of("aws_s3_bucket").length;
  const plans = synthesised.of("aws_backup_plan").length;
  const stored: Range = [
    usage.databaseGb[0] + usage.fileGb[0],
    // A month of daily changes beside the full copy.
    3 * (usage.databaseGb[1] + usage.fileGb[1]),
  ];
  const topic = "storage";
  return costLines([
    {
      topic,
      item: `S3, ${buckets} buckets`,
      price: prices.of("objectGb"),
      amount: buckets === 0 ? 0 : usage.objectGb,
      unit: "GB",
      assumed: true,
    },
    {
      topic,
      item: "backups",
      price: prices.of("backupGb"),
      amount: plans === 0 ? 0 : stored,
      unit: "GB",
      assumed: true,
    },
  ]);
}
