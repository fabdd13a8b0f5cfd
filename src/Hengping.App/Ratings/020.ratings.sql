-- One row per complaint and respondent that received it: what lists are made of. No person, no text.
create table rating_cases (
  public_id text primary key,
  complaint uuid not null,
  merchant uuid not null,
  side text not null,
  claimant uuid null,
  day bigint not null,
  delivered_at bigint not null,
  replied_at bigint null,
  reply_timely boolean null,
  valid_reply boolean not null,
  score_milli bigint null,
  scored_at bigint null,
  excluded text null,
  touched bigint not null,
  changed_at bigint not null,
  sector text null,
  problem text null,
  province text null,
  amount_band text null,
  resolved text null,
  recovered text null,
  source text null
);
create index rating_cases_cell on rating_cases (merchant, side, day);
create index rating_cases_day on rating_cases (side, day);
create index rating_cases_complaint on rating_cases (complaint);
create index rating_cases_changed on rating_cases (changed_at);

-- Sums of the cases first delivered on one Shanghai day, or in one month (span), by merchant and side.
-- day: days since 1970-01-01 of the day, or of the month's first. claimants: up to five, by id.
create table rating_cells (
  side text not null,
  span text not null,
  day bigint not null,
  merchant uuid not null,
  tally text not null,
  claimants text not null,
  primary key (side, span, day, merchant)
);
create index rating_cells_merchant on rating_cells (merchant, side, span, day);

-- Published lists, every version of each.
create table rating_lists (
  id uuid not null,
  version bigint not null,
  period text not null,
  sector text null,
  side text not null,
  policy text not null,
  as_of bigint not null,
  case_file text not null,
  previous_hash text null,
  hash text not null,
  json text not null,
  primary key (id, version)
);
create index rating_lists_hash on rating_lists (hash);
create index rating_lists_previous on rating_lists (previous_hash);
