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
];

/** The version that this release reads without a migration, and writes. */
export const currentVersion = migrations.length;
