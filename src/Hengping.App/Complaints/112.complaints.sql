-- The deadline a queue is sorted by may be the earliest day it can end (provisional), and nobody is late before late_at
-- (null: before the deadline itself).
alter table complaints add column provisional boolean not null default false;
alter table complaints add column late_at bigint null;
-- What is counted again when law or calendar change (CountComplaintTerms).
create index complaints_terms on complaints (id)
where (closed_at is null and imported is null) or due_kind = 'told';
-- Of whose termination somebody is still to be told.
create index complaints_told on complaints (due_at, id) where due_kind = 'told';
