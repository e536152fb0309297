// Runs before each file of tests (vitest's `setupFiles`).
import { afterAll } from 'vitest'
import { closeOpened } from './afterwards.ts'

afterAll(closeOpened)
