"""The guided tour of the demonstration: what to try in each role. It is there only while everything is simulated."""
