import { promisify } from 'node:util'
import { gzip, gzipSync } from 'node:zlib'

/** Bodies up to this length are zipped at once: another thread costs more time than they take. */
const AT_ONCE = 65_536
const OPTIONS = { level: 1 }

const compress = promisify(gzip)

/** A body gzipped, fast rather than small. */
export const zipped = async (content: string | Uint8Array): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(content.length <= AT_ONCE ? gzipSync(content, OPTIONS) : await compress(content, OPTIONS))
