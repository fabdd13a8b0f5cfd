-- The latest time that a process took for now and nobody doubted, and how far the database's own clock may be from it.
-- No facts, and in no backup.
create table clock (
  one bigint not null primary key check (one = 1),
  noted_at bigint not null,
  off_ms bigint not null,
  confirmed_at bigint null,
  confirmed_by uuid null
);

-- Whose clock is doubted, and why: what waits for an admin.
create table clock_doubts (
  machine text not null primary key,
  reason text not null,
  now_is bigint not null,
  against bigint not null
);
