-- What runs beside the doors, and how its last rounds went: no facts, and in no backup.
create table jobs (
  name text primary key,
  process text not null,
  ran_at bigint not null,
  took_ms bigint not null,
  done_at bigint null,
  done bigint null,
  fault_at bigint null,
  fault text null
);
