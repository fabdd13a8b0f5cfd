-- Links that let somebody choose the first password, or a new one. The link holds the token, the row its hash.
create table invitations (
  hash text primary key,
  account uuid not null,
  expires_at bigint not null
);
