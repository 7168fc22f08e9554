"""The roll call: faces at the door, the register of who is present, the quorum."""
