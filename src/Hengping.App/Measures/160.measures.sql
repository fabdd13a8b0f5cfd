create table measures (
  id uuid primary key,
  number text not null,
  kind text not null,
  form text not null,
  status text not null,
  reason text not null,
  merchant uuid null,
  account uuid null,
  target_kind text not null,
  target_id text null,
  target_address text null,
  target_title text null,
  rule uuid not null,
  rule_version bigint not null,
  clause text not null,
  facts_on text not null,
  source text not null,
  detected boolean not null,
  automation text not null,
  urgent boolean not null,
  proposed_by uuid not null,
  proposed_at bigint not null,
  signed_at bigint null,
  starts_at bigint null,
  ends_on text null,
  ended_at bigint null,
  amount text null,
  overdue boolean not null,
  human_due boolean not null,
  appealed boolean not null,
  public_at bigint null,
  due_at bigint null,
  due_kind text null,
  next_tick bigint null,
  erased boolean not null,
  version bigint not null
);
create index measures_public on measures (public_at desc, id desc) where public_at is not null;
create index measures_queue on measures ((coalesce(due_at, 253402300799000)), proposed_at, id) where ended_at is null;
create index measures_merchant on measures (merchant, proposed_at desc, id desc) where merchant is not null;
create index measures_account on measures (account, proposed_at desc, id desc) where account is not null;
create index measures_tick on measures (next_tick) where next_tick is not null;

create table measure_evidence (
  measure uuid not null,
  evidence uuid not null,
  primary key (measure, evidence)
);
create index measure_evidence_item on measure_evidence (evidence);
