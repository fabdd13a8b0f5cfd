-- Who has a number is known by its claim.
drop index complaints_number;
