"""Giấy xác nhận của nơi cư trú: the people of a dossier keep policy and law (H-03)."""
