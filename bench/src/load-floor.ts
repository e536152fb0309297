// The floor: DuckDB's own bulk load of the same rows, which lie there as NDJSON.
import { DuckDBInstance } from '@duckdb/node-api'

const [, , from = '', into = ''] = process.argv
const instance = await DuckDBInstance.create(into, { preserve_insertion_order: 'false', memory_limit: '1GB' })
const connection = await instance.connect()
await connection.run(
  `create table tickets as select * from read_json('${from}', format = 'newline_delimited', maximum_depth = 1, sample_size = 20000)`,
)
const [[count]] = (await connection.runAndReadAll('select count(*) from tickets')).getRows() as [[bigint]]
connection.closeSync()
instance.closeSync()
process.stdout.write(`${count}\n`)
