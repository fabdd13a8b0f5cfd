create table search_documents (
  id integer primary key,
  document uuid not null unique
);
create virtual table search_text using fts5(codes, content='', contentless_delete=1, tokenize='ascii', detail=none);
