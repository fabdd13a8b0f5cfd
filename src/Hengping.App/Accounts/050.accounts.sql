-- What a session is judged by at every request, and what the list of staff shows.
alter table accounts add column generation bigint not null default 0;
alter table accounts add column secured boolean not null default false;
alter table accounts add column signed_in_at bigint null;

-- A passkey's id is known to its owner's device; here stands its keyed hash.
create table passkeys (
  print text primary key,
  account uuid not null
);

-- Challenges are no facts: they live for minutes and are gone after use.
create table passkey_asks (
  id text primary key,
  account uuid null,
  state text not null,
  expires_at bigint not null
);
create index passkey_asks_age on passkey_asks (expires_at);
