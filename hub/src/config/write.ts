// Changes to the hub's configuration: what is not changed stays as somebody wrote it, comments and all.
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { Document, isMap, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml'
import { HubError, messageOf } from '../errors.ts'
import { refusalOf } from './read.ts'

/** A connection as it stands in the file: `${NAME}` is not replaced. */
export type FileConnection = Readonly<Record<string, unknown>> & { readonly name: string }

export interface ConfigFile {
  readonly path: string
  /** The connections that stand there; none where there is no file. Throws a HubError. */
  read(): readonly FileConnection[]
  /** Puts a connection in the place of the one of its name, or after the others. Throws a HubError if it cannot stand there. */
  put(connection: FileConnection): void
  /** Takes a connection out. */
  remove(name: string): void
}

export function configFile(path: string): ConfigFile {
  return {
    path,
    read: () => connectionsIn(documentIn(path)).map(({ connection }) => connection),
    put(connection) {
      const document = documentIn(path)
      const { name } = connection
      const list = listIn(document)
      const known = connectionsIn(document).find((one) => one.connection.name === name)
      const node = document.createNode(connection) as YAMLMap
      if (known === undefined) list.add(node)
      else {
        const old = list.items[known.at]
        // The comments of what stays stay with it.
        if (isMap(old)) {
          for (const key of Object.keys(known.connection)) if (!(key in connection)) old.delete(key)
          for (const [key, value] of Object.entries(connection)) {
            if (JSON.stringify(known.connection[key]) !== JSON.stringify(value))
              old.set(key, document.createNode(value))
          }
        } else list.items[known.at] = node
      }
      list.flow = false
      write(path, document)
    },
    remove(name) {
      const document = documentIn(path)
      const known = connectionsIn(document).find((one) => one.connection.name === name)
      if (known === undefined) return
      listIn(document).items.splice(known.at, 1)
      write(path, document)
    },
  }
}

function documentIn(path: string): Document {
  if (!existsSync(path)) return new Document({ connections: [] })
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new HubError(`${path} cannot be read: ${messageOf(error)}`)
  }
  const document = parseDocument(text)
  const [fault] = document.errors
  if (fault) throw new HubError(`${path} cannot be read: ${fault.message}`)
  return document
}

function listIn(document: Document): YAMLSeq {
  const list = document.get('connections')
  if (isSeq(list)) return list
  document.set('connections', document.createNode([]))
  return document.get('connections') as YAMLSeq
}

function connectionsIn(document: Document): readonly { readonly at: number; readonly connection: FileConnection }[] {
  const { connections = [] } = (document.toJS() ?? {}) as { connections?: readonly Record<string, unknown>[] }
  return connections.map((one, at) => ({ at, connection: { ...one, name: String(one['name'] ?? at + 1) } }))
}

/** Writes it as a whole, once it is what the hub reads. The file keeps its permissions; a new one is its owner's alone. */
function write(path: string, document: Document): void {
  const value = document.toJS() as { connections: readonly unknown[] }
  const refusal = value.connections.length === 0 ? undefined : refusalOf(value)
  if (refusal !== undefined) throw new HubError(`${refusal}.`)
  const isJson = /\.json$/i.test(path)
  const text = isJson ? `${JSON.stringify(value, null, 2)}\n` : String(document)
  const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0o600
  const unfinished = `${path}.unfinished`
  writeFileSync(unfinished, text, { mode: mode & 0o777, flush: true })
  renameSync(unfinished, path)
}
