-- What is to be sent, and what was. The address and the words are sealed in the box; rows are no facts and go after
-- a while.
create table outbox (
  id uuid primary key,
  once text not null unique,
  channel text not null,
  template text not null,
  account uuid null,
  complaint uuid null,
  box bytea not null,
  state text not null,
  tries integer not null,
  next_at bigint not null,
  made_at bigint not null,
  fault text null
);
create index outbox_due on outbox (next_at) where state = 'waiting';
create index outbox_account on outbox (account);
create index outbox_made on outbox (made_at);
