-- Letters beyond the basic plane and supplements are found, too: everything is heard again.
delete from checkpoints where name = 'search';
