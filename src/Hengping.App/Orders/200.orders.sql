-- One row a batch: what was taken, and the file in which its lines lie.
create table order_batches (
  id uuid primary key,
  source text not null,
  lines bigint not null,
  sha256 text not null,
  file text not null,
  packed bigint not null,
  taken_at bigint not null,
  author text not null
);
create index order_batches_file on order_batches (file);

-- Derived from the files: the last state of each line. The order's number stands here as a print alone.
create table order_lines (
  merchant uuid not null,
  print text not null,
  line text not null,
  product text null,
  state text not null,
  fen bigint not null,
  quality boolean not null,
  score bigint null,
  ordered_at bigint not null,
  promised_at bigint null,
  delivered_at bigint null,
  refund_asked_at bigint null,
  returned_at bigint null,
  refunded_at bigint null,
  changed_at bigint not null,
  primary key (merchant, print, line)
);

-- Roll-ups by shop and day of ordering (days since 1970-01-01, Shanghai): all orders, and those of them that are out of
-- the shop's metrics. Both move by difference.
create table order_days (
  merchant uuid not null,
  day bigint not null,
  excluded boolean not null,
  orders bigint not null,
  lines bigint not null,
  cancelled bigint not null,
  returned bigint not null,
  refunded bigint not null,
  quality bigint not null,
  promised bigint not null,
  late bigint not null,
  scored bigint not null,
  bad bigint not null,
  fen bigint not null,
  refunded_fen bigint not null,
  -- Refunds by hours from asking to the money: 5:2 48:1.
  hours text not null,
  primary key (merchant, day, excluded)
);

-- Orders that are out of a shop's metrics by an upheld report of abnormal claims, and whether they came back. Derived.
create table order_exclusions (
  merchant uuid not null,
  print text not null,
  report text not null,
  since bigint not null,
  until bigint null,
  primary key (merchant, print, report)
);
create index order_exclusions_open on order_exclusions (merchant, report) where until is null;
