-- Which key ring this store is sealed with: a keyed hash of its master key, which tells nothing of it.
create table key_ring (
  one bigint not null primary key check (one = 1),
  print text not null,
  at bigint not null
);
