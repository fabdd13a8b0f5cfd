-- Who has an order is known by its claim.
drop index complaints_order;
