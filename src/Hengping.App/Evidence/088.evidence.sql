-- When it came, which says when it goes if no case takes it; and whether others are shown it (null: not looked at yet).
alter table evidence add column uploaded_at bigint not null default 0;
alter table evidence add column held boolean null;
update evidence set uploaded_at = coalesce(
  (select e.at from events e where e.stream = evidence.id and e.version = 1), 0);
create index evidence_age on evidence (uploaded_at, id);

-- What was brought within a day, by a keyed print of the account (one row for all who have none): counts are no facts
-- and go the day after.
create table evidence_days (
  day bigint not null,
  print text not null,
  items bigint not null,
  bytes bigint not null,
  primary key (day, print)
);
