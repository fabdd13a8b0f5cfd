create table complaints (
  id uuid primary key,
  number text not null,
  status text not null,
  side text not null,
  claimant uuid null,
  claimant_merchant uuid null,
  respondent uuid not null,
  shop uuid null,
  sector text not null,
  problem text not null,
  priority text not null,
  province text null,
  amount_cents bigint null,
  order_key text null,
  screening_hits bigint not null,
  filed_at bigint not null,
  delivered_at bigint null,
  replied_at bigint null,
  due_at bigint null,
  due_kind text null,
  next_tick bigint null,
  closed_at bigint null,
  first_owner text null,
  not_performed bigint not null,
  resolved text null,
  recovered_cents bigint null,
  updated_at bigint not null,
  version bigint not null,
  imported text null
);
create index complaints_number on complaints (number);
create index complaints_filed on complaints (filed_at, id);
create index complaints_queue on complaints (status, priority, due_at, id);
create index complaints_respondent on complaints (respondent, filed_at, id);
create index complaints_shop on complaints (shop, filed_at, id) where shop is not null;
create index complaints_claimant on complaints (claimant, filed_at, id) where claimant is not null;
create index complaints_merchants on complaints (claimant_merchant, filed_at, id) where claimant_merchant is not null;
create index complaints_order on complaints (order_key) where order_key is not null;
create index complaints_tick on complaints (next_tick) where next_tick is not null;

-- Which pieces of evidence a case holds: who may read the case may read them.
create table complaint_evidence (
  complaint uuid not null,
  evidence uuid not null,
  primary key (complaint, evidence)
);
create index complaint_evidence_item on complaint_evidence (evidence);

-- When a member of staff last opened a case; the events behind it are shown to the claimant.
create table case_reads (
  complaint uuid not null,
  account text not null,
  at bigint not null,
  primary key (complaint, account)
);

-- Keyed hashes of replies of the last minutes, to tell a circular from an answer. No facts: rows are dropped after a
-- day.
create table reply_prints (
  respondent uuid not null,
  print text not null,
  complaint uuid not null,
  at bigint not null,
  primary key (respondent, print, complaint)
);
create index reply_prints_at on reply_prints (at);
