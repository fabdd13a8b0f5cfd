-- How often something was asked for or tried, by a keyed print of what is limited: counts are no facts and go away
-- once their time is over.
create table allowances (
  print text primary key,
  used integer not null,
  ends_at bigint not null
);
create index allowances_end on allowances (ends_at);
