import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openApi } from './openapi.ts'

/** Writes the document to keep: `node --run make:openapi`. */
const { version } = (await import('../../../../package.json', { with: { type: 'json' } })).default
writeFileSync(
  join(import.meta.dirname, '../../../../docs/openapi.json'),
  `${JSON.stringify(openApi(version), null, 2)}\n`,
)
