create table appeals (
  id uuid primary key,
  target_kind text not null,
  target uuid not null,
  merchant uuid null,
  account uuid null,
  status text not null,
  safety boolean not null,
  begun_at bigint not null,
  submitted_at bigint null,
  send_by bigint null,
  due_at bigint null,
  -- What stands before others in the queue has the lower one.
  place bigint not null,
  late boolean not null,
  outsider uuid null,
  decided_by uuid null,
  ended_at bigint null,
  check_at bigint null,
  effect text null,
  look boolean not null,
  erased boolean not null,
  version bigint not null
);
create index appeals_queue on appeals (place, (coalesce(due_at, 253402300799000)), id);
create index appeals_merchant on appeals (merchant, begun_at desc, id) where merchant is not null;
create index appeals_account on appeals (account, begun_at desc, id) where account is not null;
create index appeals_outsider on appeals (outsider, place, (coalesce(due_at, 253402300799000)), id)
where outsider is not null;
create index appeals_target on appeals (target);
create index appeals_send on appeals (send_by) where send_by is not null;
create index appeals_check on appeals (check_at) where check_at is not null;
create index appeals_ended on appeals (ended_at) where ended_at is not null;

create table appeal_evidence (
  appeal uuid not null,
  evidence uuid not null,
  primary key (appeal, evidence)
);
create index appeal_evidence_item on appeal_evidence (evidence);
