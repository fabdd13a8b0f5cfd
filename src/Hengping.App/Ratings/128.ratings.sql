-- Which lists there are, without reading what they say.
create index rating_lists_of on rating_lists (side, sector, period, policy);
