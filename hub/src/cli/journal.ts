import { type Journal, openJournal } from '../console/journal/open.ts'
import { vaultFolder } from '../secrets/vault.ts'

/** What the console remembers: it is with the secrets, beside the configuration. */
export const journalOf = (config: string): Journal => openJournal(vaultFolder(config))
