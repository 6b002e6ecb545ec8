"""How near our pages are to those of the reference, LibreOffice 25.2 or later."""
