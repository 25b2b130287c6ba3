"""The reviewers workbench and the tables that people edit, one file per noun."""
