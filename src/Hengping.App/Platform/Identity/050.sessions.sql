-- Sessions are no facts: they come and go. The cookie holds the id, the row its hash.
create table sessions (
  id text primary key,
  account uuid not null,
  generation bigint not null,
  begun_at bigint not null,
  seen_at bigint not null,
  box bytea not null
);
create index sessions_account on sessions (account, seen_at);
create index sessions_age on sessions (seen_at);
