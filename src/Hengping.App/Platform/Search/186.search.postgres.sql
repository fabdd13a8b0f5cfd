-- Documents know their time and whom they are about (decision 65), with terms of what lists filter by: all is heard
-- again.
drop table search_documents;
create table search_documents (
  document uuid primary key,
  at bigint not null,
  about uuid null,
  codes integer[] not null
);
create index search_codes on search_documents using gin (codes);
delete from checkpoints where name = 'search';
