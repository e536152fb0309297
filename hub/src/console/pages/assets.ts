// What pages are made of besides: style, scripts, the icon. Everything comes from here.
import { readFileSync } from 'node:fs'
import { createRequire as requireFrom } from 'node:module'
import type { Hono } from 'hono'
import type { Variables } from '../access/guard.ts'
import { SCRIPT } from '../assets/script.ts'
import { STYLE } from '../assets/style.ts'

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#0f7173"/><path d="M4 4.5h8L4 11.5h8" fill="none" stroke="#fff" stroke-width="2"/></svg>'

const find = requireFrom(import.meta.url)
const library = (name: string): string => readFileSync(find.resolve(`htmx.org/dist/${name}`), 'utf8')

const ASSETS: Readonly<Record<string, readonly [type: string, text: () => string]>> = {
  'style.css': ['text/css', () => STYLE],
  'console.js': ['text/javascript', () => SCRIPT],
  'htmx.js': ['text/javascript', () => library('htmx.min.js')],
  'hx-sse.js': ['text/javascript', () => library('ext/hx-sse.min.js')],
  'icon.svg': ['image/svg+xml', () => ICON],
}

export function assets(app: Hono<{ Variables: Variables }>): void {
  const read = new Map<string, string>()
  app.get('/assets/:name', (context) => {
    const name = context.req.param('name')
    const asset = Object.hasOwn(ASSETS, name) ? ASSETS[name] : undefined
    if (asset === undefined) return context.notFound()
    const [type, text] = asset
    if (!read.has(name)) read.set(name, text())
    return context.body(read.get(name)!, 200, {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'private, max-age=300',
    })
  })
}
