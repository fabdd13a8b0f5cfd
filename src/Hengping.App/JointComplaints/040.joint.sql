-- 共同投诉: complaints of several claimants about one dispute.
create table joints (
  id uuid primary key,
  respondent uuid not null,
  problem text not null,
  confirmed boolean not null,
  proposed_at bigint not null
);
create table joint_members (
  joint uuid not null,
  complaint uuid not null,
  state text not null,
  representative boolean not null,
  primary key (joint, complaint)
);
create index joint_members_complaint on joint_members (complaint);
