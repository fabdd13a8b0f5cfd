-- The log. Everything else can be thrown away and built again from it.
create table events (
  position bigint not null primary key,
  stream uuid not null,
  version bigint not null,
  kind text not null,
  at bigint not null,
  recorded_at bigint not null,
  author text not null,
  key bigint not null,
  previous bytea not null,
  body bytea not null
);
create unique index events_by_stream on events (stream, version);

-- Where each stream stands: an append must expect this version.
create table streams (
  stream uuid not null primary key,
  version bigint not null,
  hash bytea not null,
  key bigint not null
);

-- What only one stream may hold at a time.
create table claims (
  scope text not null,
  key text not null,
  stream uuid not null,
  primary key (scope, key)
);

-- Answers to give again, 24 hours.
create table idempotency (
  caller text not null,
  key text not null,
  body_hash bytea not null,
  status bigint not null,
  answer bytea not null,
  location text,
  at bigint not null,
  primary key (caller, key)
);
create index idempotency_by_age on idempotency (at);

-- How far each listener has heard.
create table checkpoints (
  name text not null primary key,
  position bigint not null
);
