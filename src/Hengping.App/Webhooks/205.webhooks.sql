-- Webhooks as they stand. Address and secrets are sealed in their streams.
create table hooks (
  id uuid primary key,
  merchant uuid null,
  place bigint not null,
  status text not null,
  opened_at bigint not null,
  replays bigint not null,
  replay_from bigint not null,
  replay_to bigint not null,
  version bigint not null
);
create index hooks_merchant on hooks (merchant, place) where status <> 'closed';
create index hooks_active on hooks (id) where status = 'active';
create index hooks_closed on hooks (id) where status = 'closed';

-- What goes out, or went: it is out in the world, no rebuild touches it. What it says are facts of the log.
create table hook_deliveries (
  hook uuid not null,
  position bigint not null,
  object uuid not null,
  number text not null,
  kind text not null,
  at bigint not null,
  state text not null,
  tries bigint not null,
  first_at bigint null,
  next_at bigint not null,
  done_at bigint null,
  fault text null,
  primary key (hook, position)
);
create index hook_deliveries_due on hook_deliveries (hook, next_at, position) where state = 'waiting';
create index hook_deliveries_object on hook_deliveries (hook, object, position) where state = 'waiting';
create index hook_deliveries_state on hook_deliveries (hook, state, position);
create index hook_deliveries_old on hook_deliveries (done_at) where done_at is not null;

-- How an address fares, and how far the last replay is.
create table hook_places (
  hook uuid primary key,
  taken_at bigint null,
  failed_since bigint null,
  replay bigint not null,
  replay_at bigint not null,
  replaying boolean not null
);
