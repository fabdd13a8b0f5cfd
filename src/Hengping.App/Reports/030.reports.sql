create table reports (
  id uuid primary key,
  number text not null,
  status text not null,
  anonymous boolean not null,
  breach text not null,
  respondent uuid null,
  reporter uuid null,
  authority text null,
  received_at bigint not null,
  due_at bigint null,
  due_kind text null,
  ended_at bigint null,
  extended boolean not null,
  erased boolean not null,
  version bigint not null
);
create index reports_due on reports (due_at, received_at) where ended_at is null;
create index reports_received on reports (received_at);
create index reports_respondent on reports (respondent);
create index reports_reporter on reports (reporter) where reporter is not null;
create index reports_authority on reports (authority) where authority is not null;

create table report_evidence (
  report uuid not null,
  evidence uuid not null,
  primary key (report, evidence)
);
create index report_evidence_item on report_evidence (evidence);

create table report_reads (
  report uuid not null,
  account text not null,
  at bigint not null,
  primary key (report, account)
);
