import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Body } from './calls.ts'

const read = (path: string): Body => JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', path), 'utf8'))

/** A whole answer: keys, their order and their types are those of Zendesk, all values are made up. */
export const answer = (name: string): Body => read(`answers/${name}.json`)

/** One record of a kind, as a real account gives it; all values are made up. */
export const record = (name: string): Body => read(`records/${name}.json`)
