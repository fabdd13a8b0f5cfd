create table accounts (
  id uuid primary key,
  role text not null,
  merchant uuid null,
  phone_print text null,
  login_print text null,
  live boolean not null,
  held boolean not null,
  opened_at bigint not null
);
create index accounts_phone on accounts (phone_print) where phone_print is not null;
create index accounts_login on accounts (login_print) where login_print is not null;

create table tokens (
  hash text primary key,
  account uuid not null,
  live boolean not null
);
create index tokens_account on tokens (account);

-- One-time codes are no facts: they live for minutes and are gone after use.
create table sign_in_codes (
  phone_print text primary key,
  code_hash text not null,
  expires_at bigint not null,
  tries integer not null,
  sent_at bigint not null
);

-- Failed tries by sign-in name or phone, for the lock-out.
create table sign_in_failures (
  print text primary key,
  failures integer not null,
  locked_until bigint not null
);
