create table answer_links (
  id uuid primary key,
  complaint uuid not null,
  merchant uuid not null,
  no bigint not null,
  token_hash text not null,
  expires_at bigint not null,
  revoked boolean not null,
  opened_at bigint null
);
create index answer_links_complaint on answer_links (complaint);
