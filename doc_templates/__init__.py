"""What an official paper is: how it must look, be filled, be printed, be checked."""
