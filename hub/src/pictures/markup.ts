import type { html } from 'hono/html'

/** A piece of a page; `html` escapes whatever is put into it that is not one. */
export type Markup = ReturnType<typeof html>

export { html, raw } from 'hono/html'
