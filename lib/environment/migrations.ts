import { certificateChanges } from "./certificate-migration";
import type { DocumentEditor } from "./document-editor";

/** One step from a version of the environment file's format to the next. */
export interface Migration {
  /** The version that it reads; it writes the next one. */
  readonly from: number;
  readonly changes: readonly Change[];
}

/** One change of the format, listed only where it applies to the file. */
export interface Change {
  /** What changed, as a sentence without a full stop, for users of an older file. */
  readonly change: string;
  /** Changes the document in place, through the editor; unset: the change is the stated version itself. */
  readonly migrate?: (editor: DocumentEditor) => void;
}

function movedToOperations(setting: string): Change {
  return {
    change: `the setting "${setting}" of the vpc layer belongs to the new layer network-operations`,
    migrate: (editor) => {
      editor.move(["layers", "vpc", setting], ["layers", "network-operations", setting]);
    },
  };
}

/** The release that a revision of the platform's own repository is of: branches, tags and commits that this product named. */
const releases: Readonly<Record<string, string>> = {
  "release-2026.0": "2026.0",
  "v2026.0.0": "2026.0",
  "87252cf4f0d3491488f05e9ab1b05fb9821631bd": "2026.0",
  "release-2025.2": "2025.2",
  "v2025.2.0": "2025.2",
  "3a2d9869daa26e1925daf159dabb7307fc24e3ed": "2025.2",
  "311fb8ac0bca14d742d3e77c99ef990b52e6aeea": "2025.2",
};

/** Every change of the format, oldest first. A renamed setting is one entry here, and the new name in its schema. */
export const migrations: readonly Migration[] = [
  {
    from: 0,
    changes: [{ change: 'the setting "version" states the format of the file' }],
  },
  {
    from: 1,
    changes: [
      {
        change: 'copies of backups are switched by "enabled" in "copy" of the backup layer',
        migrate: (editor) => {
          editor.addTo(["layers", "backup", "copy"], "enabled", true);
        },
      },
      {
        change:
          'the interface endpoint "ec2messages" is no longer offered, because Systems Manager does not need it',
        migrate: (editor) => {
          editor.removeItem(["layers", "vpc", "interfaceEndpoints"], "ec2messages");
        },
      },
    ],
  },
  {
    from: 2,
    changes: ["interfaceEndpoints", "flowLogRetentionDays", "bastion"].map(movedToOperations),
  },
  {
    from: 3,
    changes: [
      {
        change:
          'the release is "release" of the new layer platform, which deploys exactly its commit; "revision" of the repository is for other tags and commits',
        migrate: (editor) => {
          editor.moveAs(
            ["layers", "argocd", "repository", "revision"],
            ["layers", "platform", "release"],
            (revision) => releases[String(revision)],
          );
        },
      },
      {
        change: 'the setting "vpro" of the lb-waf layer is a service of the new layer platform',
        migrate: (editor) => {
          editor.move(["layers", "lb-waf", "vpro"], ["layers", "platform", "services", "vpro"]);
        },
      },
      ...certificateChanges,
    ],
  },
];

/** The version that this release reads without a migration, and writes. */
export const currentVersion = migrations.length;
