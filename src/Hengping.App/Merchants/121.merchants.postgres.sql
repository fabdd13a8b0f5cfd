-- More signs that nobody sees are folded away: rows that hold one are filled again when the store is next opened.
update merchants set folded = null
where folded ~ U&'[\0300-\036F\17B4\17B5\20D0-\20F0\2800\+0E0100-\+0E01EF]';
