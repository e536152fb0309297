import type { Store } from './store.ts'

/** Keeps a result that is computed from the whole account until the account changes. */
export function perVersion<T>(store: Store, workOut: () => T): () => T {
  let kept: { version: number; value: T } | undefined
  return () => {
    if (kept?.version !== store.version) kept = { version: store.version, value: workOut() }
    return kept.value
  }
}
