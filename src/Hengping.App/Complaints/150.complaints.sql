-- Which cases a member of staff saw in a page of a list; shown to their claimants.
create table case_sightings (
  complaint uuid not null,
  sighting uuid not null,
  account text not null,
  role text not null,
  at bigint not null,
  primary key (complaint, sighting)
);
