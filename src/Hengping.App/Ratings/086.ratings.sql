-- A case day by day, as live views need it; course: "day answered score out touched resolved cents", days apart by ";".
create table rating_courses (
  public_id text primary key,
  merchant uuid not null,
  side text not null,
  claimant uuid null,
  delivered_at bigint not null,
  imported boolean not null,
  course text not null
);
create index rating_courses_merchant on rating_courses (merchant, side);

-- The last snapshot of a merchant's cases. todo: the first day on which there may be another one; heard: counts what
-- the ratings heard of it, so that a snapshot made meanwhile is not kept.
create table rating_snapshots (
  merchant uuid not null,
  side text not null,
  day bigint null,
  todo bigint not null,
  heard bigint not null,
  primary key (merchant, side)
);
create index rating_snapshots_todo on rating_snapshots (todo);

-- What live views show. span day and month: as in rating_cells, without scores; span score: scores of the cases first
-- delivered from day until until (half-open), signed.
create table rating_shown (
  side text not null,
  span text not null,
  day bigint not null,
  until bigint not null,
  merchant uuid not null,
  tally text not null,
  claimants text not null,
  solved bigint not null,
  asked bigint not null,
  recovered_cents bigint not null,
  primary key (side, span, day, until, merchant)
);
create index rating_shown_merchant on rating_shown (merchant, side, span, day);

-- Older stores: the ratings hear the log again and fill these tables; what they have stays meanwhile.
delete from checkpoints where name = 'ratings';
