-- What a store says of itself: the format whoever opens it must know, and when a process last saw that it can write.
create table store_state (
  one bigint not null primary key check (one = 1),
  format bigint not null,
  pulse_at bigint not null
);
