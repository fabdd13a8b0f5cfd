-- Documents lie in the order of their time (decision 65), with terms of what lists filter by: all is heard again.
insert into search_text (search_text) values ('delete-all');
delete from search_removed;
drop table search_documents;
create table search_documents (
  id integer primary key,
  document uuid not null unique,
  about uuid null
);
delete from checkpoints where name = 'search';
