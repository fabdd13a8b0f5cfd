-- When backups were written: no facts, and in no backup themselves.
create table backups (
  at bigint primary key,
  events bigint not null,
  files bigint not null
);
