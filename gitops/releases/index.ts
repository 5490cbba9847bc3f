import type { PlatformRelease } from "./platform-release";
import { refusedReleases } from "./refused";
import { release2025v2 } from "./release-2025.2";
import { release2026v0 } from "./release-2026.0";

/** Releases of the platform that are installed, newest first. */
export const releaseNames = ["2026.0", "2025.2"] as const;
export type ReleaseName = (typeof releaseNames)[number];

/** What each release expects. */
export const releases: Readonly<Record<ReleaseName, PlatformRelease>> = {
  "2025.2": release2025v2,
  "2026.0": release2026v0,
};

/** Why a release is not installed, by its name: releases before the supported ones, which are known, and others. */
export function refusalOf(release: string): string {
  const known = /^\d+\.\d+/.exec(release)?.[0] ?? "";
  const refused = Object.hasOwn(refusedReleases, known) ? refusedReleases[known] : undefined;
  if (refused !== undefined) return refused.reason;
  if (/^20(26\.[1-9]|2[7-9]\.|[3-9]\d\.)/.test(release)) {
    return "releases since 2026.1 are installed with Helmfile instead of Argo CD";
  }
  return "it is not a release that this product knows";
}
