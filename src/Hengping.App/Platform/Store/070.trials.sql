-- When a backup was tried, and whether it held: no facts, and in no backup themselves.
create table restore_trials (
  at bigint primary key,
  events bigint not null,
  held boolean not null
);
