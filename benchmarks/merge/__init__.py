"""How fast a record becomes a .docx, against docxtpl, its peers and the physical limit."""
