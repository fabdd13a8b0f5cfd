create table claim_reports (
  id uuid primary key,
  number text not null,
  merchant uuid not null,
  claimant uuid null,
  claimant_print text null,
  complaint uuid null,
  pretext text not null,
  status text not null,
  -- What was decided first: upheld or rejected.
  outcome text null,
  appealed boolean not null,
  defect text null,
  filed_at bigint not null,
  decided_at bigint null,
  effect_at bigint null,
  due_at bigint null,
  provisional boolean not null,
  late boolean not null,
  -- What waits for the desk has the lower one.
  place bigint not null,
  ended_at bigint null,
  erased boolean not null,
  version bigint not null
);
create index claim_reports_queue on claim_reports (place, (coalesce(due_at, 253402300799000)), id);
create index claim_reports_merchant on claim_reports (merchant, filed_at desc, id);
create index claim_reports_claimant on claim_reports (claimant, filed_at desc, id) where claimant is not null;
create index claim_reports_print on claim_reports (claimant_print) where claimant_print is not null;
create index claim_reports_defect on claim_reports (defect, (coalesce(due_at, 253402300799000)), id)
where defect = 'real';
create index claim_reports_effect on claim_reports (effect_at) where effect_at is not null;
create index claim_reports_decided on claim_reports (decided_at) where decided_at is not null;
create index claim_reports_ended on claim_reports (ended_at) where ended_at is not null;
create index claim_reports_open on claim_reports (id) where ended_at is null;

create table claim_report_evidence (
  report uuid not null,
  evidence uuid not null,
  -- Brought by the claimant; else by the merchant.
  claimants boolean not null,
  primary key (report, evidence)
);
create index claim_report_evidence_item on claim_report_evidence (evidence);
