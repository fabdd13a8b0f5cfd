-- Lists by name go on by name and id: entries from before may share a name.
drop index merchants_name;
create index merchants_name on merchants (name, id);
