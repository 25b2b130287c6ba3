"""The queries behind the rules: one module per step, each as few queries as the step needs; imported by apps.py."""
