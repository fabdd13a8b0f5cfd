-- With which print keys of the ring rows and claims are made: the first slot of their set. 0 before there were sets,
-- -1 where they must be made again.
alter table key_ring add column prints bigint not null default 0;

-- With which of them a listener heard: what it wrote under others is thrown away, and heard again.
alter table checkpoints add column prints bigint not null default 0;
