-- The last slot of keys that the ring of this store is known not to hold: it was begun when they were gone.
alter table key_ring add column skipped bigint not null default 0;
