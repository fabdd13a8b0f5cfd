-- As in 112: the earliest day the deadline can end, and the instant before which nobody is late.
alter table reports add column provisional boolean not null default false;
alter table reports add column late_at bigint null;
-- What is counted again when law or calendar change (CountReportTerms).
create index reports_terms on reports (id) where ended_at is null;
