create table search_documents (
  document uuid primary key,
  codes integer[] not null
);
create index search_codes on search_documents using gin (codes);
