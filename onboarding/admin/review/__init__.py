"""The workbench of the reviewers: the queue, the page of a case, marks, decisions."""
