import type { File } from '../model.ts'

/** A scanner's result for a file, and whether an agent allows reading it anyway. */
export type Scan = { readonly result: string; readonly override: boolean }

/** A file that was sent, with its bytes. */
export type StoredFile = { readonly file: File; readonly bytes: Uint8Array }

/** Files that were uploaded and wait for their comment; `expires` in epoch seconds. */
export type Upload = { readonly token: string; readonly expires: number; readonly ids: number[] }

/** The files of an account that don't follow from their ids. */
export type StoredFiles = {
  /** By id; they stay when they have become attachments. */
  readonly stored: Map<number, StoredFile>
  /** By token. */
  readonly uploads: Map<string, Upload>
  /** By the file's id; clean files have none. */
  readonly scans: Map<number, Scan>
}

/** Nothing sent yet. */
export function createFiles(): StoredFiles {
  return { stored: new Map(), uploads: new Map(), scans: new Map() }
}
