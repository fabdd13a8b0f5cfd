-- Documents that were taken out: the full-text index only marks them, until what holds their words is written anew.
create table search_removed (id integer primary key);
