import { type Model, utc } from '../model.ts'
import { LIVING, SYNCED, same } from './columns.ts'

export const ticketComment: Model = {
  name: 'ticket_comment',
  about: 'Comments of tickets that are there, calls among them.',
  from: ['ticket_comments'],
  query: ({ present, member, types }) => `select ${same('id ticket_id body public trusted')}, t.author_id as user_id,
    ${utc('t.created_at')} as created, coalesce(t.type = 'VoiceComment', false) as voice_comment,
    coalesce(${member('t.via', 'channel')} = 'facebook', false) as facebook_comment,
    coalesce(${member('t.via', 'channel')} = 'twitter', false) as tweet,
    cast(${member('t.data', 'call_id')} as ${types.integer}) as call_id,
    cast(${member('t.data', 'call_duration')} as ${types.integer}) as call_duration,
    ${member('t.data', 'location')} as location, ${member('t.data', 'recording_url')} as recording_url,
    ${utc(`cast(${member('t.data', 'started_at')} as ${types.time})`)} as started_at,
    ${member('t.data', 'transcription_status')} as transcription_status,
    ${member('t.data', 'transcription_text')} as transcription_text,
    t.transcription_visible as voice_comment_transcription_visible, false as _fivetran_deleted, ${SYNCED}
    from ${present('ticket_comments')} as t where ${LIVING}`,
}
