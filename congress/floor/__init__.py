"""What happens on the floor: the programme of the congress."""
