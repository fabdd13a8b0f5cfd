-- Rules of the platform, their versions and clauses; none is ever deleted. Days are Shanghai days, as yyyy-mm-dd.
create table rules (
  id uuid primary key,
  topic text not null,
  title_zh text not null,
  title_en text not null,
  words text not null,
  has_public boolean not null,
  changed_at bigint not null,
  version bigint not null
);
create index rules_listed on rules (topic, title_zh, id);

create table rule_versions (
  rule uuid not null,
  version bigint not null,
  title_zh text not null,
  title_en text not null,
  drafted_at bigint not null,
  consultation_until text null,
  notice_on text null,
  transition_from text null,
  in_force_on text null,
  withdrawn boolean not null,
  technical boolean not null,
  recorded boolean not null,
  primary key (rule, version)
);
create index rule_versions_in_force on rule_versions (rule, in_force_on, version) where not withdrawn;

create index rule_versions_drafted on rule_versions (drafted_at desc, rule, version desc);

create table rule_clauses (
  rule uuid not null,
  version bigint not null,
  clause text not null,
  position bigint not null,
  zh text not null,
  en text not null,
  words text not null,
  primary key (rule, version, clause)
);

-- Opinions on drafts; their words are sealed in the log. Kept three years from the end of the consultation.
create table rule_opinions (
  id uuid primary key,
  rule uuid not null,
  version bigint not null,
  clause text null,
  account uuid not null,
  given_at bigint not null,
  ended_at bigint not null,
  outcome text null,
  answer text null,
  shut boolean not null,
  erased boolean not null
);
create index rule_opinions_given on rule_opinions (rule, version, given_at, id);
create index rule_opinions_account on rule_opinions (account);
create index rule_opinions_ended on rule_opinions (ended_at) where not erased;
