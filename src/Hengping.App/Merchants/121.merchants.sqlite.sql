-- More signs that nobody sees are folded away: rows that hold one are filled again when the store is next opened.
update merchants set folded = null
where folded glob '*[' || char(768) || '-' || char(879) || char(6068) || char(6069) || char(8400) || '-' || char(8432)
  || char(10240) || char(917760) || '-' || char(917999) || ']*';
