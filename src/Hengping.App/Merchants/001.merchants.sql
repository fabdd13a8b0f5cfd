create table merchants (
  id uuid primary key,
  name text not null,
  sector text not null,
  uscc text null,
  platform boolean not null,
  enrolled boolean not null,
  has_contact boolean not null,
  merged_into uuid null,
  origin text not null,
  added_at bigint not null
);
create index merchants_name on merchants (name);
create index merchants_sector on merchants (sector);
create index merchants_merged on merchants (merged_into) where merged_into is not null;
