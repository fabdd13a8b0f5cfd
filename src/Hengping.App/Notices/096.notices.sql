-- In which language an account, or a merchant, last acted: messages to it are in that language. None is Chinese.
create table reader_languages (
  reader uuid primary key,
  language text not null
);
-- When a reader was last told of a new message in a case, or will be: at most once an hour.
create table told_messages (
  complaint uuid not null,
  reader text not null,
  at bigint not null,
  primary key (complaint, reader)
);
create index told_messages_at on told_messages (at);
