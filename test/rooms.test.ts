import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const src = resolve(import.meta.dirname, '../src')

// A room may import from itself, from the files at the top of src that it names, and from the rooms named here.
const mayImport: Record<string, readonly string[]> = {
  page: [],
  walk: ['page'],
  'list-way': ['page', 'walk'],
  choices: [],
  stream: ['choices', 'list-way', 'page', 'walk'],
  message: ['stream'],
  errors: [],
  time: [],
  raw: ['errors', 'stream'],
  'record-lines': ['message', 'raw', 'stream'],
  columns: ['errors', 'generated', 'stream'],
  states: ['errors', 'stream'],
  'moved-states': ['errors', 'message', 'stream', 'time'],
  'given-files': ['errors'],
  fingerprint: ['raw', 'stream'],
  http: ['errors', 'message', 'raw', 'stream'],
  zendesk: ['errors', 'fingerprint', 'message', 'stream', 'time'],
  streams: ['raw', 'stream', 'zendesk', 'generated', 'time'],
  sync: ['errors', 'fingerprint', 'message', 'raw', 'stream', 'time'],
  airbyte: ['columns', 'errors', 'given-files', 'message', 'moved-states', 'raw', 'record-lines', 'states', 'stream'],
  singer: ['columns', 'errors', 'given-files', 'message', 'moved-states', 'record-lines', 'states', 'stream'],
  auth: ['config', 'errors', 'message', 'zendesk'],
  io: ['stream'],
  generated: [],
  sandbox: [],
  config: ['errors', 'stream', 'time', 'zendesk'],
  discovery: ['columns', 'errors', 'message', 'raw', 'stream', 'streams', 'zendesk'],
  connector: ['config', 'discovery', 'errors', 'http', 'message', 'stream', 'sync', 'time', 'zendesk'],
}
// The libraries that live in one room only.
const homes: Record<string, readonly string[]> = {
  undici: ['http'],
  split2: ['io'],
  ajv: ['config', 'airbyte'],
  hono: ['sandbox'],
  '@hono/node-server': ['sandbox'],
  asn1js: ['sandbox'],
  pkijs: ['sandbox'],
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
const roomOf = (path: string): string => path.split('/')[0]!.replace(/\.ts$/, '')
const textOf = (file: string): string => readFileSync(join(src, file), 'utf8')
const importsOf = (file: string): string[] =>
  [...textOf(file).matchAll(/(?:from|import\() ?'([^']+)'/g)].map(([, target]) => target!)

test('every file stands in a room', () => {
  const strays = files.map(roomOf).filter((room) => room !== 'bin' && !(room in mayImport))
  expect(strays).toEqual([])
})

test.each(Object.keys(mayImport))('%s imports only what it may', (room) => {
  const wrong = files
    .filter((file) => roomOf(file) === room)
    .flatMap((file) =>
      importsOf(file)
        .filter((target) => target.startsWith('.'))
        .map((target) => relative(src, resolve(src, dirname(file), target)))
        .filter((target) => !target.startsWith('..'))
        .map(roomOf)
        .filter((target) => target !== room && !mayImport[room]!.includes(target))
        .map((target) => `${file} imports ${target}`),
    )
  expect(wrong).toEqual([])
})

test.each(Object.entries(homes))('%s is used in %j only', (library, rooms) => {
  const users = files.filter((file) =>
    importsOf(file).some((target) => target === library || target.startsWith(`${library}/`)),
  )
  expect(users.map(roomOf).filter((room) => !rooms.includes(room))).toEqual([])
})

test('nothing imports the programs, and only they and io touch the process', () => {
  expect(files.filter((file) => importsOf(file).some((target) => target.includes('/bin/')))).toEqual([])
  const touching = files.filter((file) =>
    /(?<![\w.'`"])process\.(?!env\.npm)/.test(textOf(file).replace(/^ *(\*|\/\/).*$/gm, '')),
  )
  expect(touching.map(roomOf).filter((room) => room !== 'bin' && room !== 'io')).toEqual([])
})

test('no file is longer than 200 lines', () => {
  const long = files.filter((file) => roomOf(file) !== 'generated' && textOf(file).split('\n').length > 201)
  expect(long).toEqual([])
})
