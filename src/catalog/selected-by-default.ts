import { streams } from '../streams/index.ts'

/** Names of the streams that most people want. They are read if nobody has chosen any. */
export const SELECTED_BY_DEFAULT: readonly string[] = streams
  .filter(({ isSelectedByDefault }) => isSelectedByDefault)
  .map(({ name }) => name)
