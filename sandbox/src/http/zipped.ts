import { promisify } from 'node:util'
import { gzip, gzipSync } from 'node:zlib'

/** Bodies up to this length are zipped at once: another thread costs more time than they take. */
const AT_ONCE = 65_536
const OPTIONS = { level: 1 }
/** The least that zlib takes as the size of a chunk, in bytes. */
const LEAST_CHUNK = 64

const compress = promisify(gzip)

/** A body gzipped, fast rather than small. */
export const zipped = async (content: string | Uint8Array): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(content.length <= AT_ONCE ? zippedAtOnce(content) : await compress(content, OPTIONS))

/** In no more memory than the content takes: most answers are short, and getting memory would take longer than zipping. */
const zippedAtOnce = (content: string | Uint8Array): Uint8Array =>
  gzipSync(content, { ...OPTIONS, chunkSize: Math.max(LEAST_CHUNK, content.length) })
