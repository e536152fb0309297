-- Lines of tap-zendesk on stdin into tables, and its last state into state.json.
create temp table lines as
  select row_number() over () as place, json->>'type' as type, json->>'stream' as stream, json as line
  from read_ndjson_objects('/dev/stdin', maximum_object_size = 33554432);

-- The newest form of each record of a stream.
create temp macro records_of(name) as table
  select line->'record' as record from lines where type = 'RECORD' and stream = name
  qualify row_number() over (partition by line->'record'->>'id' order by place desc) = 1;

begin;

create table if not exists tickets (
  id bigint primary key, subject varchar, status varchar, requester_id bigint, updated_at timestamptz,
  deleted_at timestamptz, record json
);
insert or replace into tickets
  select record->>'id', record->>'subject', record->>'status', record->>'requester_id', record->>'updated_at',
         record->>'_sdc_deleted_at', record
  from records_of('tickets');
delete from tickets where deleted_at is not null;

create table if not exists users (
  id bigint primary key, name varchar, role varchar, organization_id bigint, updated_at timestamptz,
  deleted_at timestamptz, record json
);
insert or replace into users
  select record->>'id', record->>'name', record->>'role', record->>'organization_id', record->>'updated_at',
         record->>'_sdc_deleted_at', record
  from records_of('users');
delete from users where deleted_at is not null;

-- With the rows, so that neither is there without the other. A run that failed before its first state leaves the old one.
create table if not exists last_state (value json);
insert into last_state select line->'value' from lines where type = 'STATE' order by place desc limit 1;
delete from last_state where rowid < (select max(rowid) from last_state);

commit;

-- One field without quotes or delimiters: the state as it came.
copy last_state to 'state.json' (format csv, header false, quote '', escape '', delimiter e'\x01');
