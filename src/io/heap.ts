import { setFlagsFromString } from 'node:v8'

/**
 * Lets the heap grow by no more than 30 % between two full collections; V8 would let it grow to four times its size.
 * Pages and their rows die soon, so that the collections are short: they cost no time that could be measured, and how much
 * memory a sync takes hardly depends on its length any more (docs/performance.md, "Growth").
 */
export const keepHeapSmall = (): void => setFlagsFromString('--heap-growing-percent=30')
