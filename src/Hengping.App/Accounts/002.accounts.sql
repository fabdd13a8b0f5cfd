-- A legal hold is placed on a case (complaints.held), where the ground for it lies.
alter table accounts drop column held;
