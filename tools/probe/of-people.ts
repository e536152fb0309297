import type { RecordData } from '../../src/model/stream.ts'
import { isCaughtUp } from '../../src/zendesk/walks/export-position.ts'
import { type Account, type Assumption, answerOr, fails, holds, isRefusal, open } from './assumption.ts'
import { isInList } from './in-list.ts'

export const identitiesBeside: Assumption = {
  fact: 307,
  name: 'identities-beside',
  title: 'identities stand beside users where that is asked for',
  async ask({ get }) {
    const page = await get('users', { sort: 'updated_at', include: 'identities', 'page[size]': 100 })
    const identities = page['identities'] as readonly RecordData[] | undefined
    if (identities === undefined) return fails('the answer has no "identities"')
    const users = new Set((page['users'] as readonly RecordData[]).map(({ id }) => id))
    if (identities.length === 0) return open('none of the first users has an identity')
    const strange = identities.find(({ user_id }) => !users.has(user_id))
    return strange === undefined
      ? holds(`${identities.length} came with ${users.size} users`)
      : fails(`identity ${strange['id']} is of nobody on the page`)
  },
}

export const suspendedUsers: Assumption = {
  fact: 320,
  name: 'suspended-users',
  title: 'the list of users has suspended ones',
  async ask(account) {
    const found = await account.rows('search', 'results', { query: 'type:user is_suspended:true', per_page: 5 })
    if (found.length === 0) return open('search finds no suspended user')
    for (const { id } of found)
      if (!(await isInList(account, 'users', 'id', id as number)))
        return (await isStillSuspended(account, id))
          ? fails(`user ${id} is suspended and not in the list`)
          : open(`user ${id} changed`)
    const [first] = found
    const shown = await account.rows('users', 'users', { 'page[size]': 100 })
    const listed = shown.find(({ id }) => id === first?.['id'])
    return listed !== undefined && listed['suspended'] !== true
      ? fails(`user ${first?.['id']} is not marked in the list`)
      : holds(`${found.length} that search finds are in it`)
  },
}

async function isStillSuspended({ get }: Account, id: unknown): Promise<boolean> {
  const { user } = (await get(`users/${id}`)) as { user?: RecordData }
  return user?.['active'] === true && user['suspended'] === true
}

export const deletedGroups: Assumption = {
  fact: 319,
  name: 'deleted-groups',
  title: 'deleted groups are listed with "exclude_deleted=false"',
  async ask({ rows }) {
    const groups = await rows('groups', 'groups', { exclude_deleted: false, 'page[size]': 100 })
    const deleted = groups.filter((group) => group['deleted'] === true).length
    if (deleted > 0) return holds(`${deleted} of ${groups.length} are deleted`)
    if (groups.length === 100) return open('none of the first hundred groups is deleted')
    const query = { 'filter[source_type]': 'group', 'filter[action]': 'destroy', 'page[size]': 10 }
    const lines = await rows('audit_logs', 'audit_logs', query)
    const gone = lines.filter(({ source_type, action }) => source_type === 'group' && action === 'destroy')
    return gone.length === 0
      ? open('no group was deleted')
      : fails(`group ${gone[0]?.['source_id']} was deleted and is not listed`)
  },
}

export const deletedRecordName: Assumption = {
  fact: 313,
  name: 'deleted-record-name',
  title: 'a deleted custom object record is named "[DELETED]" in the export',
  async ask(account) {
    const objects = await account.rows('custom_objects', 'custom_objects')
    let looked = 0
    for (const { key } of objects.slice(0, 3)) {
      const start_time = (await account.now()) - 29 * 86_400
      const path = `incremental/custom_objects/${key}/cursor`
      const exported = await account.rows(path, 'custom_object_records', { start_time, per_page: 1000 })
      looked += exported.length
      for (const { id, name } of exported.slice(-20)) {
        const shown = await isShown(account, `custom_objects/${key}/records/${id}`)
        if (!shown && name === '[DELETED]') return holds(`record ${id} is gone and named so`)
        if (!shown) return fails(`record ${id} is gone and has another name`)
      }
    }
    return open(`none of the newest of ${looked} exported records is gone`)
  },
}

/** Whether there is a record at this path: 404 says that it is gone. */
async function isShown({ get }: Account, path: string): Promise<boolean> {
  try {
    await get(path)
    return true
  } catch (error) {
    if ((error as { status?: number }).status === 404) return false
    throw error
  }
}

export const startTooRecent: Assumption = {
  fact: 321,
  name: 'start-too-recent',
  title: 'a start within the newest minute is refused in words that are known',
  async ask({ get, now }) {
    const answer = await answerOr(get('incremental/organizations', { start_time: (await now()) - 5 }))
    if (!isRefusal(answer)) return holds('it is not refused at all')
    return isCaughtUp(answer) ? holds(`HTTP ${answer.status} ${answer.code}`) : fails(answer.message)
  },
}
