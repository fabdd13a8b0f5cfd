-- What merchants are still to be told of rules; gathered for a while, then told together.
create table rule_news (
  position bigint primary key,
  rule uuid not null,
  version bigint not null,
  became text not null,
  heard_at bigint not null,
  -- What is told together, by the last of it.
  batch bigint null,
  told boolean not null
);
create index rule_news_untold on rule_news (heard_at) where not told;
create index rule_news_version on rule_news (rule, version);

create index rule_versions_coming on rule_versions ((coalesce(in_force_on, consultation_until)), rule, version)
where not withdrawn and not technical;
